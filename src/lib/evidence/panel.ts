import type { Certainty } from '../changes/certainty.ts';
import type { Covers } from '../changes/words.ts';
import type { ItemState } from '../orders/judgement.ts';
import type { PlainDate } from '#lib/time.ts';
import type { DeclaredValue, EvidenceType } from './types.ts';

export const verbs = [
	'prepare',
	'accept',
	'sendBack',
	'reopen',
	'notNeeded',
	'askRelease',
	'approveRelease',
	'assign',
	'comment'
] as const;
export type Verb = (typeof verbs)[number];

export interface Hand {
	who: string;
	at: Date;
}

/** What an item rests on, as the panel and the library show it. */
export interface ShownRevision {
	id: number;
	evidence: number;
	title: string;
	number: number;
	/** The newest number of the same evidence: a newer one does not change what was accepted. */
	newest: number;
	file: { sha256: string; name: string; mediaType: string; size: number } | null;
	url: string | null;
	note: string | null;
	evidenceOn: PlainDate;
	validUntil: PlainDate | null;
}

/** Something that is here already and can be used with one tap. */
export interface Offer {
	revision: number;
	evidence: number;
	title: string;
	/** In words: `valid until 9 Mar 2028`, `expires before arrival, 19 Nov`. */
	validity: string;
	/** Valid on the day it is needed. */
	good: boolean;
	/** Valid today. */
	usable: boolean;
	/** In words: who added it and how many orders rest on it. */
	origin: string;
}

/** Everything the prepare panel shows, in the words of the person who looks. */
export interface Panel {
	id: number;
	version: number;
	key: string;
	title: string;
	team: { key: string; name: string };
	covers: Covers;
	order: { number: string; buyer: string } | null;
	product: { sku: string; name: string } | null;
	importer: string | null;
	place: string | null;
	/** For an item that repeats beside any order: its week or the rule version. */
	period: string | null;
	state: ItemState;
	stale: boolean;
	expired: boolean;
	noLongerAsked: boolean;
	mandatory: boolean;
	secondPerson: boolean;
	dueOn: PlainDate | null;
	assignee: { id: number; name: string } | null;
	prepared: Hand | null;
	accepted: Hand | null;
	returned: Hand | null;
	reason: string | null;
	note: string | null;
	/** The order whose work this item carries. */
	carriedFrom: { number: string; item: number } | null;
	release: { askedBy: string; until: PlainDate | null } | null;
	evidence: ShownRevision | null;
	asks: {
		type: EvidenceType;
		label: string;
		/** Sentences of what good looks like. */
		guidance: string[];
		example: string;
		acceptance: string[];
		failsWhen: string[];
		declares: readonly DeclaredValue[];
		noteIsEnough: boolean;
		takesFile: boolean;
		validForDays: number | null;
	};
	offers: Offer[];
	alsoCompletes: { number: string; item: number }[];
	why: {
		change: { id: number; title: string };
		rule: number | null;
		claims: { key: string; text: string; certainty: Certainty }[];
	};
	comments: { id: number; person: string; at: Date; body: string }[];
	history: { id: number; at: Date; text: string }[];
	/** Who of the team it can be given to. */
	people: { id: number; name: string }[];
	/** Null: this person may. Else the reason, in words. */
	whyNot: Record<Verb, string | null>;
}

/** The item as it is now, for somebody whose copy was out of date. */
export interface CurrentItem {
	version: number;
	/** `Prepared by Xu Qianru, 13 Nov 2026, 10:05` */
	text: string;
}

/** Guidance as short lines: one for each sentence, in any of our languages. */
export function sentencesOf(text: string): string[] {
	const found = text.match(/[^。！？.!?]+(?:[。！？]|[.!?](?=\s|$)|[.!?](?=\S)[^。！？.!?]*)*/gu) ?? [text];
	return found.map((line) => line.trim()).filter(Boolean);
}
