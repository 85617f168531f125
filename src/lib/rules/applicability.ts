import { categoryLeaf } from './category-leaf.ts';
import { dateLeaf } from './date-leaf.ts';
import type { Applicability, Day, Goods, Journey, Leaf, Places } from './leaf.ts';
import { originLeaf } from './origin-leaf.ts';
import { placeLeaf } from './place-leaf.ts';
import type { Rule } from './rule.ts';
import { allOf, type Truth } from './truth.ts';

const verdicts = {
	true: 'applies',
	false: 'not_in_reported_scope',
	unknown: 'undetermined'
} as const satisfies Record<Truth, Applicability>;

/** Kleene AND of the leaves: out needs a determinate false leaf, in needs every leaf true. */
export function verdict(leaves: readonly { truth: Truth }[]): Applicability {
	return verdicts[allOf(leaves.map((leaf) => leaf.truth))];
}

/** Whether a rule applies to a line on a day (null: nobody knows the day), with its reasons leaf by leaf. */
export function judgeLine(
	rule: Rule,
	goods: Goods,
	journey: Journey,
	places: Places,
	day: Day
): { applicability: Applicability; leaves: Leaf[] } {
	const scope = [
		originLeaf(rule, goods, journey, day),
		categoryLeaf(rule, goods, day),
		placeLeaf(rule, journey.place, places, day)
	];
	const leaves = [...scope.map(({ leaf }) => leaf), dateLeaf(rule, scope, day)];
	return { applicability: verdict(leaves), leaves };
}
