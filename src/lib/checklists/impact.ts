import { judgeOrder } from '../orders/judge.ts';
import type { Bucket, ItemFacts, LineJudgement, OrderFacts, Range } from '../orders/judgement.ts';
import { buckets } from '../orders/judgement.ts';
import type { Stance } from '../changes/words.ts';
import type { Applicability } from '../rules/leaf.ts';
import type { Place, Rule } from '../rules/rule.ts';
import { laterOf, type PlainDate } from '#lib/time.ts';
import { checklistOf, type Hash, type PlannedItem, type PlaybookRow } from './plan.ts';

/** An item of an order with what it was asked when it was done. */
export interface LoadedItem extends ItemFacts {
	askedHash: string;
	doneHash: string | null;
	carriesUntil: PlainDate | null;
}

export interface OrderImpact {
	id: number;
	number: string;
	before: Applicability | 'mixed';
	after: Applicability | 'mixed';
	itemsAdded: number;
	mandatoryAdded: number;
	itemsStale: number;
	itemsNoLongerAsked: number;
	currency: string;
	exposureBefore: Record<Bucket, Range>;
	exposureAfter: Record<Bucket, Range>;
	/** The order's checklist under the new rule. */
	plan: PlannedItem[];
}

export interface Impact {
	/** Orders that were out and now are in or undetermined; that were in and now are out; that are asked differently. */
	reached: OrderImpact[];
	released: OrderImpact[];
	altered: OrderImpact[];
	unchanged: number;
	itemsAdded: number;
	itemsStale: number;
	itemsNoLongerAsked: number;
	byTeam: { team: string; added: number; stale: number }[];
	/** Over all open orders, by currency. */
	exposure: { currency: string; before: Record<Bucket, Range>; after: Record<Bucket, Range> }[];
}

export interface ImpactFacts<O extends OrderFacts> {
	orders: O[];
	items: Map<number, LoadedItem[]>;
	/** What serves one another: the thing an item covers, as a text; null: the order alone. */
	covered: (order: O, item: { covers: string; key: string; product: number | null }) => string | null;
	playbook: Map<number, PlaybookRow>;
	places: Map<string, Place>;
	stance: Stance;
	hash: Hash;
	on: PlainDate;
}

/**
 * What replacing one rule by another does to orders, without writing a row: the same plan and the same judgement that
 * publishing uses. Orders pinned to a version are not handed in.
 */
export function impactOf<O extends OrderFacts>(before: Rule, after: Rule, facts: ImpactFacts<O>): Impact {
	const donors = acceptedWork(facts);
	const impact: Impact = {
		...{ reached: [], released: [], altered: [], unchanged: 0 },
		...{ itemsAdded: 0, itemsStale: 0, itemsNoLongerAsked: 0, byTeam: [], exposure: [] }
	};
	const teams = new Map<string, { team: string; added: number; stale: number }>();
	const money = new Map<string, Impact['exposure'][number]>();
	for (const order of facts.orders) {
		const items = facts.items.get(order.id) ?? [];
		const was = judgeOrder(before, order, items, facts.places, facts.on);
		const lines = judgeOrder(after, order, [], facts.places, facts.on).lines;
		const plan = checklistOf(after, order, lines, facts);
		const planned = checklistOf(before, order, was.lines, facts);
		if (reads(before, was.lines, planned) === reads(after, lines, plan)) {
			impact.unchanged += 1;
			addMoney(money, order.currency, was.exposure, was.exposure);
			continue;
		}
		const { kept, counts } = itemsUnder(order, items, plan, donors, facts);
		const will = judgeOrder(after, order, kept, facts.places, facts.on);
		addMoney(money, order.currency, was.exposure, will.exposure);
		for (const [team, { added, stale }] of counts.teams) {
			const row = teams.get(team) ?? { team, added: 0, stale: 0 };
			teams.set(team, { team, added: row.added + added, stale: row.stale + stale });
		}
		impact.itemsAdded += counts.added;
		impact.itemsStale += counts.stale;
		impact.itemsNoLongerAsked += counts.gone;
		impact[direction(reaches(before, was.lines), reaches(after, will.lines))].push({
			...{ id: order.id, number: order.number, before: was.applicability, after: will.applicability },
			...{ itemsAdded: counts.added, mandatoryAdded: counts.mandatory, itemsStale: counts.stale },
			itemsNoLongerAsked: counts.gone,
			currency: order.currency,
			exposureBefore: was.exposure,
			exposureAfter: will.exposure,
			plan
		});
	}
	impact.byTeam = [...teams.values()].sort((a, b) => (a.team < b.team ? -1 : 1));
	impact.exposure = [...money.values()];
	return impact;
}

function direction(was: boolean, will: boolean): 'reached' | 'released' | 'altered' {
	return was === will ? 'altered' : will ? 'reached' : 'released';
}

/** Whether a rule may concern any line. One that says nothing leaves all undetermined, and concerns none. */
function reaches(rule: Rule, lines: LineJudgement[]): boolean {
	return rule.windows.length > 0 && lines.some((line) => line.applicability !== 'not_in_reported_scope');
}

/** How a rule reads for an order: whether its lines apply, at what rate, and what is asked. */
function reads(rule: Rule, lines: LineJudgement[], plan: PlannedItem[]): string {
	return JSON.stringify([
		reaches(rule, lines) ? lines.map((line) => [line.applicability, line.rate]) : [],
		plan.map((item) => [item.key, item.product, item.askedHash, item.mandatory, item.plannedOn])
	]);
}

/** Acceptances that a newly asked item would carry, by (key, covered thing, what was asked). */
function acceptedWork<O extends OrderFacts>(facts: ImpactFacts<O>): Map<string, LoadedItem> {
	const donors = new Map<string, LoadedItem>();
	for (const order of facts.orders) {
		for (const item of facts.items.get(order.id) ?? []) {
			if (item.state !== 'accepted' || item.stale) continue;
			const ends = [item.evidence?.validUntil, item.carriesUntil];
			if (ends.some((day) => day && day < facts.on)) continue;
			for (const covers of ['product', 'importer_place']) {
				const thing = facts.covered(order, { ...item, covers });
				if (thing) donors.set(`${covers} ${thing} ${item.doneHash}`, item);
			}
		}
	}
	return donors;
}

function itemsUnder<O extends OrderFacts>(
	order: O,
	items: LoadedItem[],
	plan: PlannedItem[],
	donors: Map<string, LoadedItem>,
	facts: ImpactFacts<O>
) {
	const own = new Map(items.map((item) => [`${item.key} ${item.product}`, item]));
	const counts = { added: 0, mandatory: 0, stale: 0, gone: 0, teams: new Map<string, Counted>() };
	const kept = plan.map((asked): ItemFacts => {
		const item = own.get(`${asked.key} ${asked.product}`);
		own.delete(`${asked.key} ${asked.product}`);
		if (!item) {
			counts.added += 1;
			counts.mandatory += asked.mandatory ? 1 : 0;
			count(counts.teams, asked.team, 'added');
			const thing = facts.covered(order, asked);
			const donor = thing ? donors.get(`${asked.covers} ${thing} ${asked.askedHash}`) : undefined;
			return newItem(asked, donor, facts.on);
		}
		const stale = item.state !== 'open' && item.state !== 'returned' && item.doneHash !== asked.askedHash;
		if (stale && !item.stale) {
			counts.stale += 1;
			count(counts.teams, asked.team, 'stale');
		}
		return { ...item, stale, mandatory: asked.mandatory, condition: asked.condition };
	});
	counts.gone = own.size;
	return { kept, counts };
}

type Counted = { added: number; stale: number };

function count(teams: Map<string, Counted>, team: string, what: keyof Counted): void {
	const row = teams.get(team) ?? { added: 0, stale: 0 };
	row[what] += 1;
	teams.set(team, row);
}

function newItem(asked: PlannedItem, donor: LoadedItem | undefined, on: PlainDate): ItemFacts {
	return {
		id: 0,
		key: asked.key,
		team: asked.team,
		product: asked.product,
		mandatory: asked.mandatory,
		condition: asked.condition,
		state: donor ? 'accepted' : 'open',
		stale: false,
		noLongerAsked: false,
		dueOn: asked.plannedOn && laterOf(on, asked.plannedOn),
		releasedUntil: null,
		evidence: donor?.evidence ?? null,
		who: donor?.who ?? null,
		when: donor?.when ?? null,
		carried: donor !== undefined
	};
}

function addMoney(
	money: Map<string, Impact['exposure'][number]>,
	currency: string,
	before: Record<Bucket, Range>,
	after: Record<Bucket, Range>
): void {
	const row = money.get(currency) ?? { currency, before: nothing(), after: nothing() };
	money.set(currency, row);
	for (const bucket of buckets) {
		row.before[bucket].low += before[bucket].low;
		row.before[bucket].high += before[bucket].high;
		row.after[bucket].low += after[bucket].low;
		row.after[bucket].high += after[bucket].high;
	}
}

function nothing(): Record<Bucket, Range> {
	const zero = () => ({ low: 0, high: 0 });
	return { prepared: zero(), may_not_apply: zero(), missing: zero(), open: zero() };
}
