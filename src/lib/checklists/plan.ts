import { dueOf, type DueDates } from '../orders/deadlines.ts';
import type { LineJudgement, OrderFacts } from '../orders/judgement.ts';
import type { AskedItem, Part, Rule } from '../rules/rule.ts';
import type { Covers, DueEvent, Stance } from '../changes/words.ts';
import type { PlainDate } from '#lib/time.ts';

/** A playbook item as the plan needs it (a row of playbook_items). */
export interface PlaybookRow {
	id: number;
	team: string;
	covers: Covers;
	dueEvent: DueEvent;
	dueOffsetDays: number;
	recheckEvent: DueEvent | null;
	recheckOffsetDays: number | null;
	mandatory: boolean;
	secondPerson: boolean;
	condition: string | null;
}

/** One item an order is asked for. */
export interface PlannedItem {
	key: string;
	product: number | null;
	playbookItem: number;
	askedHash: string;
	team: string;
	covers: Covers;
	mandatory: boolean;
	secondPerson: boolean;
	condition: string | null;
	plannedOn: PlainDate | null;
	recheckOn: PlainDate | null;
}

/** A short text that differs where its input does. */
export type Hash = (text: string) => string;

/**
 * What a rule says that concerns an order: another place joining the rule does not ask anything anew of an order that
 * enters elsewhere.
 */
export function concerning(rule: Rule, order: OrderFacts): string {
	const places = [order.place.key, order.place.parent];
	const categories = new Set(order.lines.map((line) => line.category));
	const said = (parts: Part[]) => parts.map(({ value, from, until }) => [value, from, until]);
	return JSON.stringify([
		said(rule.windows),
		said(rule.origins),
		said(rule.places.filter((part) => places.includes(part.value))),
		said(rule.categories.filter((part) => categories.has(part.value))),
		said(rule.conditions),
		said(rule.rates),
		rule.playbook.map((item) => [item.key, item.hash])
	]);
}

/**
 * The checklist of an order: the version's playbook items for its lines that apply or are undetermined (stance
 * `prepare` or `require`), or for all its lines where the customer asks for the materials. What covers a product is
 * asked once for each product, all else once for the order.
 */
export function checklistOf(
	rule: Rule,
	order: OrderFacts,
	lines: LineJudgement[],
	about: { playbook: Map<number, PlaybookRow>; stance: Stance; hash: Hash }
): PlannedItem[] {
	const products = productsAsked(order, lines, about.stance);
	if (!products.length) return [];
	const concerns = about.hash(concerning(rule, order));
	const conditions = new Set(rule.conditions.map((part) => part.value));
	return rule.playbook.flatMap((asked) => {
		const row = about.playbook.get(asked.id);
		if (!row || row.covers === 'measure') return [];
		if (asked.condition && !conditions.has(asked.condition)) return [];
		const item = planned(asked, row, order, concerns);
		const each: (number | null)[] = row.covers === 'product' ? products : [null];
		return each.map((product) => ({ ...item, product }));
	});
}

/** The products of an order that a checklist is built for, each once, in the order of its lines. */
export function productsAsked(order: OrderFacts, lines: LineJudgement[], stance: Stance): number[] {
	const asked = order.lines.filter(
		(line, index) =>
			order.customerAsks || (stance !== 'watch' && lines[index]?.applicability !== 'not_in_reported_scope')
	);
	return [...new Set(asked.map((line) => line.product))];
}

function planned(asked: AskedItem, row: PlaybookRow, order: DueDates, concerns: string) {
	return {
		key: asked.key,
		playbookItem: asked.id,
		// What renews with each version is asked anew as soon as the rule reads differently for this order.
		askedHash: asked.renewOnVersion ? `${asked.hash}:${concerns}` : asked.hash,
		team: row.team,
		covers: row.covers,
		mandatory: row.mandatory,
		secondPerson: row.secondPerson,
		condition: row.condition,
		plannedOn: dueOf(row.dueEvent, row.dueOffsetDays, order),
		recheckOn: row.recheckEvent ? dueOf(row.recheckEvent, row.recheckOffsetDays ?? 0, order) : null
	};
}
