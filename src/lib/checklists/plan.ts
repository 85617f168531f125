import { dueOf, type DueDates } from '../orders/deadlines.ts';
import type { LineJudgement, OrderFacts } from '../orders/judgement.ts';
import type { AskedItem, Rule } from '../rules/rule.ts';
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

/**
 * The checklist of an order: the version's playbook items for its lines that apply or are undetermined (stance
 * `prepare` or `require`), or for all its lines where the customer asks for the materials. What covers a product is
 * asked once for each product, all else once for the order.
 */
export function checklistOf(
	rule: Rule,
	ruleHash: string,
	playbook: Map<number, PlaybookRow>,
	order: OrderFacts,
	lines: LineJudgement[],
	stance: Stance
): PlannedItem[] {
	const products = productsAsked(order, lines, stance);
	if (!products.length) return [];
	const conditions = new Set(rule.conditions.map((part) => part.value));
	return rule.playbook.flatMap((asked) => {
		const row = playbook.get(asked.id);
		if (!row || row.covers === 'measure') return [];
		if (asked.condition && !conditions.has(asked.condition)) return [];
		const item = planned(asked, row, order, ruleHash);
		return row.covers === 'product'
			? products.map((product) => ({ ...item, product }))
			: [{ ...item, product: null }];
	});
}

/** The products of an order that a checklist is built for, each once, in the order of its lines. */
export function productsAsked(order: OrderFacts, lines: LineJudgement[], stance: Stance): number[] {
	const asked = order.lines.filter(
		(line, index) =>
			order.customerAsks ||
			(stance !== 'watch' && lines[index]?.applicability !== 'not_in_reported_scope')
	);
	return [...new Set(asked.map((line) => line.product))];
}

function planned(asked: AskedItem, row: PlaybookRow, order: DueDates, ruleHash: string) {
	return {
		key: asked.key,
		playbookItem: asked.id,
		// What renews with each version is asked anew as soon as the rule reads differently.
		askedHash: asked.renewOnVersion ? `${asked.hash}:${ruleHash}` : asked.hash,
		team: row.team,
		covers: row.covers,
		mandatory: row.mandatory,
		secondPerson: row.secondPerson,
		condition: row.condition,
		plannedOn: dueOf(row.dueEvent, row.dueOffsetDays, order),
		recheckOn: row.recheckEvent ? dueOf(row.recheckEvent, row.recheckOffsetDays ?? 0, order) : null
	};
}
