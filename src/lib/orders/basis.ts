import { citesOf } from '#lib/rules/leaf.ts';
import type { Part, Rule } from '#lib/rules/rule.ts';
import { within } from '#lib/rules/truth.ts';
import type { Judgement } from './judgement.ts';

/**
 * The claims and questions an order's money rests on, each once: why its lines are in or undetermined, the conditions
 * and rates of the day, and that one missing material costs the full rate. Empty where no money is shown.
 */
export function restsOn(rule: Rule, { lines, day }: Pick<Judgement, 'lines' | 'day'>): string[] {
	const reached = lines.filter((line) => line.bucket !== null);
	if (!reached.length) return [];
	const mayHold = (part: Part) => within(part, day) !== 'false';
	return citesOf(
		...reached.flatMap((line) => line.leaves.map((leaf) => leaf.cites)),
		rule.conditions.filter(mayHold),
		rule.rates.filter(mayHold),
		rule.readings.partial
	);
}
