import type { MessageKey } from '#lib/words/words.ts';
import { citesOf, named, type Day, type Leaf, type Match, type Places } from './leaf.ts';
import type { Part, Place, Rule } from './rule.ts';
import { allOf, turningDays, withinAny, type Truth } from './truth.ts';

/** A named place that the order's place is, lies in, or holds. */
interface Tie {
	named: string;
	truth: Truth;
	because: MessageKey;
	parts: readonly Part[];
	reading: readonly string[];
	inWindow: Truth;
}

/** Deeper than any real chain of places, and an end to a wrong one that runs in a circle. */
const DEPTH = 8;

/**
 * Named: true. A sea terminal or port that always belonged to a named place: true by the reading `terminals`. What a
 * merger brought in, airports, depots and gates of a named place, and a place that is wider than a named one: unknown.
 * Elsewhere: false. Of several ties the one that says most on the day counts, so a more exact place lowers no bound.
 */
export function placeLeaf(rule: Rule, place: Place, places: Places, day: Day): Match {
	const ties = [...tiesUpwards(rule, place, places, day), ...tiesDownwards(rule, place, places, day)];
	const tie = ties.length ? ties.reduce((best, next) => (says(next) > says(best) ? next : best)) : null;
	if (!tie) return { leaf: untied(rule, place), parts: [], inWindow: null };
	return {
		leaf: {
			leaf: 'place',
			truth: tie.truth,
			because: tie.because,
			args: { place: place.key, named: tie.named, joined: place.joinedParentOn ?? '' },
			cites: citesOf(tie.parts, tie.reading),
			bounds: turningDays(ties.flatMap(({ parts }) => parts))
		},
		parts: tie.parts,
		inWindow: tie.inWindow
	};
}

const weight = { false: 0, unknown: 1, true: 2 } as const;
const says = (tie: Tie) => weight[allOf([tie.truth, tie.inWindow])];

/** From the place itself up through its parents. */
function tiesUpwards(rule: Rule, place: Place, places: Places, day: Day): Tie[] {
	const ties: Tie[] = [];
	let key: string | null = place.key;
	let because: MessageKey = 'leaf.place.named';
	for (let depth = 0; key !== null && depth < DEPTH; depth += 1) {
		const parts = named(rule.places, key);
		if (parts.length) ties.push({ named: key, ...meaning(rule, because), ...windowed(parts, day) });
		const here: Place | undefined = depth === 0 ? place : places.get(key);
		if (!here) break;
		// The loosest step of the way decides what the whole way is worth.
		const step = stepUp(here);
		if (because === 'leaf.place.named' || step !== 'leaf.place.terminal') because = step;
		key = here.parent;
	}
	return ties;
}

function stepUp(place: Place): MessageKey {
	if (place.joinedParentOn !== null) return 'leaf.place.merged';
	return place.kind === 'terminal' || place.kind === 'seaport'
		? 'leaf.place.terminal'
		: 'leaf.place.other_kind';
}

function meaning(rule: Rule, because: MessageKey): Pick<Tie, 'truth' | 'because' | 'reading'> {
	if (because === 'leaf.place.named') return { truth: 'true', because, reading: [] };
	if (because === 'leaf.place.terminal') return { truth: 'true', because, reading: rule.readings.terminals };
	return { truth: 'unknown', because, reading: rule.readings.merged };
}

/** Named places that lie in the order's place: it is not recorded where exactly the goods enter. */
function tiesDownwards(rule: Rule, place: Place, places: Places, day: Day): Tie[] {
	return rule.places
		.filter((part) => liesIn(part.value, place.key, places))
		.map((part) => ({
			named: part.value,
			...meaning(rule, 'leaf.place.wider'),
			...windowed([part], day)
		}));
}

function liesIn(key: string, ancestor: string, places: Places): boolean {
	let parent = places.get(key)?.parent ?? null;
	for (let depth = 0; parent !== null && depth < DEPTH; depth += 1) {
		if (parent === ancestor) return key !== ancestor;
		parent = places.get(parent)?.parent ?? null;
	}
	return false;
}

function windowed(parts: readonly Part[], day: Day): Pick<Tie, 'parts' | 'inWindow'> {
	return { parts, inWindow: withinAny(parts, day) };
}

function untied(rule: Rule, place: Place): Leaf {
	const args = { place: place.key };
	const base = { leaf: 'place' as const, args, bounds: [] };
	if (!rule.places.length) return { ...base, truth: 'unknown', because: 'leaf.place.none_named', cites: [] };
	const cites = citesOf(rule.places, rule.readings.elsewhere);
	return { ...base, truth: 'false', because: 'leaf.place.elsewhere', cites };
}
