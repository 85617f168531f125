import type { MessageKey } from '#lib/words/words.ts';
import { citesOf, type Day, type Leaf, type LeafName, type Match } from './leaf.ts';
import type { Part, Rule } from './rule.ts';
import { allOf, turningDays, withinAny, type Truth } from './truth.ts';

interface Period {
	part: 'measure' | LeafName;
	parts: readonly Part[];
	truth: Truth;
}

/** The day lies in the windows of the measure and of each part that the line matched. */
export function dateLeaf(rule: Rule, matches: readonly Match[], day: Day): Leaf {
	const periods: Period[] = [measurePeriod(rule, day)];
	for (const { leaf, parts, inWindow } of matches) {
		if (inWindow !== null) periods.push({ part: leaf.leaf, parts, truth: inWindow });
	}
	const truth = allOf(periods.map((period) => period.truth));
	const deciding = periods.find((period) => period.truth === truth) ?? periods[0]!;
	return {
		leaf: 'date',
		truth,
		...reason(deciding, day),
		cites: citesOf(
			rule.windows,
			deciding.parts,
			day === null ? [] : rule.readings.declarationDate,
			rule.windows.some((window) => window.until === null) ? rule.readings.noEnd : []
		),
		bounds: turningDays(periods.flatMap((period) => period.parts))
	};
}

/** A rule that says nothing of the measure as a whole leaves open when it applies. */
function measurePeriod(rule: Rule, day: Day): Period {
	const truth = rule.windows.length ? withinAny(rule.windows, day) : 'unknown';
	return { part: 'measure', parts: rule.windows, truth };
}

function reason({ part, parts, truth }: Period, day: Day): Pick<Leaf, 'because' | 'args'> {
	const say = (because: MessageKey, more: Record<string, string> = {}) => ({
		because,
		args: { part, day: day ?? '', ...more }
	});
	if (!parts.length) return say('leaf.date.none');
	if (day === null) return say(truth === 'true' ? 'leaf.date.unbounded' : 'leaf.date.no_day');
	if (truth === 'true') return say('leaf.date.within');
	if (truth === 'unknown') return say('leaf.date.open');
	const next = parts.map(({ from }) => from ?? '').filter((from) => from !== 'unknown' && from > day);
	if (next.length) return say('leaf.date.before', { from: next.sort()[0]! });
	const last = parts.map(({ until }) => until ?? '').filter((until) => until !== 'unknown' && until < day);
	return say('leaf.date.after', { until: last.sort().at(-1) ?? '' });
}
