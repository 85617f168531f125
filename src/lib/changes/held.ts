import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import type { Certainty } from './certainty.ts';
import type { InstrumentState, Statement } from './words.ts';

/** One voice for a claim, as a person reads it. */
export interface Voice {
	id: number;
	source: { id: number; name: string; tier: number };
	/** The item read, if one. */
	item: { id: number; title: string; link: string | null } | null;
	quote: string | null;
	summary: LocalizedText | null;
	statement: Statement;
	asOf: PlainDate | null;
	originGroup: string;
	by: string | null;
	at: Date;
}

export interface Instrument {
	number: string;
	url: string;
	title: string;
	state: InstrumentState;
}

/** A claim with what we hold of it and what that rests on. */
export interface HeldClaim {
	id: number;
	key: string;
	change: number;
	subject: string;
	predicate: string;
	value: unknown;
	paraphrase: LocalizedText;
	note: LocalizedText | null;
	certainty: Certainty;
	/** The document that made it official; null unless it is. */
	instrument: Instrument | null;
	voices: Voice[];
	/** Claims that a person decided contradict it, with the reason. */
	contradictedBy: { key: string; paraphrase: LocalizedText; reason: string }[];
	supersededBy: string | null;
	withdrawn: { by: string | null; at: Date } | null;
	version: number;
}

/** What a part rests on: a claim, or the assumption that an open question is bridged with. */
export type Cite =
	| { kind: 'claim'; key: string; claim: HeldClaim }
	| { kind: 'question'; key: string; question: AssumedQuestion };

export interface AssumedQuestion {
	key: string;
	change: number;
	text: LocalizedText;
	assumption: LocalizedText;
	state: 'open' | 'answered';
	reviewOn: PlainDate | null;
}
