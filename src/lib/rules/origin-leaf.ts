import { citesOf, named, type Day, type Goods, type Journey, type Leaf, type Match } from './leaf.ts';
import type { Part, Rule } from './rule.ts';
import { agreed, turningDays, within, withinAny, type Truth } from './truth.ts';

type Standing = 'named' | 'unclear' | 'missing' | 'outside';

/**
 * Customs origin, exporter's country and country of loading: true if all are named, false if none is, else unknown,
 * because no source says which of the three decides.
 */
export function originLeaf(rule: Rule, goods: Goods, journey: Journey, day: Day): Match {
	const countries = [goods.originCountry, journey.exporterCountry, journey.loadingCountry];
	const standings = countries.map((country) => standing(rule, country, day));
	const matched = [...new Set(countries.filter((_, index) => standings[index] === 'named'))];
	const groups = matched.map((country) => named(rule.origins, country!));
	const parts = groups.flat();
	const unclear = rule.unclearOrigins.filter((part) => countries.includes(part.value));
	return {
		leaf: {
			leaf: 'origin',
			...answer(rule, standings, parts, unclear),
			args: {
				origin: countries[0] ?? '',
				exporter: countries[1] ?? '',
				loading: countries[2] ?? '',
				country: countries[standings.indexOf('unclear')] ?? ''
			},
			bounds: turningDays(unclear)
		},
		parts,
		inWindow: windowOf(
			groups.map((group) => withinAny(group, day)),
			standings
		)
	};
}

/** An open question about a country outweighs its name until it is dropped. */
function standing(rule: Rule, country: string | null, day: Day): Standing {
	if (country === null) return 'missing';
	const unclear = rule.unclearOrigins.some((part) => part.value === country && within(part, day) !== 'false');
	if (unclear) return 'unclear';
	return rule.origins.some((part) => part.value === country) ? 'named' : 'outside';
}

function answer(
	rule: Rule,
	standings: readonly Standing[],
	parts: readonly Part[],
	unclear: readonly Part[]
): Pick<Leaf, 'truth' | 'because' | 'cites'> {
	if (!rule.origins.length) return { truth: 'unknown', because: 'leaf.origin.none_named', cites: [] };
	if (standings.every((one) => one === 'named'))
		return { truth: 'true', because: 'leaf.origin.named', cites: citesOf(parts) };
	if (standings.every((one) => one === 'outside'))
		return { truth: 'false', because: 'leaf.origin.outside', cites: citesOf(rule.origins) };
	const cites = citesOf(parts.length ? parts : rule.origins, unclear, rule.readings.mixedOrigin);
	if (standings.includes('missing')) return { truth: 'unknown', because: 'leaf.origin.missing', cites };
	if (standings.includes('unclear')) return { truth: 'unknown', because: 'leaf.origin.unclear', cites };
	return { truth: 'unknown', because: 'leaf.origin.mixed', cites };
}

/** Named countries must agree on the day; a country nobody can place may be in where the named ones are out. */
function windowOf(windows: readonly Truth[], standings: readonly Standing[]): Truth | null {
	if (!windows.length) return null;
	const truth = agreed(windows);
	const open = standings.includes('unclear') || standings.includes('missing');
	return open && truth === 'false' ? 'unknown' : truth;
}
