import type { Effect } from '#lib/changes/effects.ts';
import { isReading, readings, type Reading } from '#lib/changes/parts.ts';
import type { Args, MessageKey } from '#lib/words/words.ts';
import { namedOn } from './category-leaf.ts';
import { overlaid, shortened } from './overlay.ts';
import type { AskedItem, Part, Rule } from './rule.ts';

/** A published change, as far as it shapes the rule. */
export interface FoldedChange {
	id: number;
	effects: readonly Effect[];
	playbook: readonly AskedItem[];
}

type Parts = 'windows' | 'origins' | 'unclearOrigins' | 'places' | 'categories' | 'conditions' | 'rates';

const listOf = {
	measure: 'windows',
	origin: 'origins',
	origin_unclear: 'unclearOrigins',
	place: 'places',
	category: 'categories',
	condition: 'conditions',
	rate: 'rates'
} as const satisfies Partial<Record<Effect['part'], Parts>>;

/**
 * What a measure says once these changes are in use, in the order of their publication. A withdrawn change is simply
 * not among them, so withdrawing is folding without it. Expects effects that the schema accepted.
 */
export function foldRule(measure: string, changes: readonly FoldedChange[]): Rule {
	const rule = emptyRule(measure);
	const playbook = new Map<string, AskedItem>();
	for (const change of changes) {
		for (const effect of change.effects) apply(rule, effect, change.id);
		for (const item of change.playbook) playbook.set(item.key, item);
	}
	for (const list of new Set(Object.values(listOf))) rule[list].sort(inOrder);
	rule.playbook = [...playbook.values()];
	return rule;
}

/** The rule that says nothing: what orders are judged by while no version is in use. */
export function emptyRule(measure: string): Rule {
	return {
		measure,
		windows: [],
		origins: [],
		unclearOrigins: [],
		places: [],
		categories: [],
		slots: { count: null, cites: [] },
		conditions: [],
		rates: [],
		readings: noReadings(),
		playbook: []
	};
}

function noReadings(): Record<Reading, string[]> {
	const none: Partial<Record<Reading, string[]>> = {};
	for (const name of readings) none[name] = [];
	return none as Record<Reading, string[]>;
}

function apply(rule: Rule, effect: Effect, change: number): void {
	const { part, op, value, from, until } = effect;
	const cites = op === 'set' ? [...effect.cites] : [];
	if (part === 'category_count') rule.slots = { count: op === 'set' ? Number(value) : null, cites };
	else if (part === 'reading') {
		if (isReading(value)) rule.readings[value] = cites;
	} else {
		const list = listOf[part];
		const added: Part = { value, from, until, cites, change };
		if (op === 'drop') rule[list] = shortened(rule[list], added, sameValue);
		else rule[list] = overlaid(rule[list], added, part === 'rate');
	}
}

const sameValue = (a: Part, b: Part) => a.value === b.value;

function inOrder(a: Part, b: Part): number {
	const first = `${a.value} ${a.from ?? ''} ${a.until ?? ''}`;
	const second = `${b.value} ${b.from ?? ''} ${b.until ?? ''}`;
	return first < second ? -1 : first > second ? 1 : a.change - b.change;
}

/** The rule as text that is the same for the same rule, whatever the order of its keys: what a hash is made of. */
export function canonical(rule: Rule): string {
	return JSON.stringify(rule, (_key, value: unknown) =>
		value !== null && typeof value === 'object' && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value
	);
}

export interface FoldProblem {
	key: MessageKey;
	args: Args;
}

/** Why a folded rule may not come into use: what contradicts itself or counts wrong. Empty: it may. */
export function whyNotFold(rule: Rule): FoldProblem[] {
	const parts = [
		...rule.windows,
		...rule.origins,
		...rule.unclearOrigins,
		...rule.places,
		...rule.categories,
		...rule.conditions,
		...rule.rates
	];
	return [
		...parts.filter(endsBeforeStart).map(({ value, from, until }) => ({
			key: 'fold.ends_before_start' as const,
			args: { value, from: from ?? '', until: until ?? '' }
		})),
		...countProblems(rule),
		...rule.rates
			.filter(({ value }) => !isRate(value))
			.map(({ value }) => ({
				key: 'fold.rate_out_of_range' as const,
				args: { value }
			}))
	];
}

function endsBeforeStart({ from, until }: Part): boolean {
	return from !== null && until !== null && from !== 'unknown' && until !== 'unknown' && until < from;
}

function isRate(value: string): boolean {
	return /^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(value);
}

/** A thirteenth category needs a new count. Each first day is looked at; an unknown window may hold on any of them. */
function countProblems(rule: Rule): FoldProblem[] {
	const { count } = rule.slots;
	if (count === null) return [];
	if (!Number.isInteger(count) || count < 1) return [{ key: 'fold.count_not_whole', args: {} }];
	const days = new Set(rule.categories.map(({ from }) => (from === 'unknown' ? '' : (from ?? ''))));
	const named = Math.max(0, ...[...days].map((day) => namedOn(rule, day, 'possibly')));
	return named > count ? [{ key: 'fold.too_many_categories', args: { named, count } }] : [];
}
