import type { MessageKey } from '#lib/words/words.ts';
import type { Certainty } from './certainty.ts';
import type { InstrumentState } from './words.ts';

/** The look of a certainty among the states. Only law in force looks settled: an official draft is a draft. */
export function certaintyKind(certainty: Certainty, instrument?: InstrumentState | null) {
	if (certainty === 'official') return instrument === 'in_force' ? 'done' : 'neutral';
	return looks[certainty];
}

const looks = {
	uncorroborated: 'unknown',
	corroborated: 'neutral',
	contradicted: 'blocked',
	superseded: 'waiting',
	withdrawn: 'waiting'
} as const satisfies Record<Exclude<Certainty, 'official'>, string>;

/** `Reported`, or `Official text: draft for comment`: the word and the words in it. */
export function certaintyWord(
	certainty: Certainty,
	instrument?: InstrumentState | null
): { key: MessageKey; state: MessageKey } {
	return { key: `certainty.${certainty}`, state: `instrument_state.${instrument ?? 'unknown'}` };
}
