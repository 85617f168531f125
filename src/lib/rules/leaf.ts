import type { MessageKey } from '#lib/words/words.ts';
import type { Bound } from '#lib/changes/effects.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Part, Place } from './rule.ts';
import type { Truth } from './truth.ts';

export type Applicability = 'applies' | 'not_in_reported_scope' | 'undetermined';
export type LeafName = 'origin' | 'category' | 'place' | 'date';

/** One of the four questions an order line answers, with the claims or assumptions the answer rests on. */
export interface Leaf {
	leaf: LeafName;
	truth: Truth;
	/** Message key of the reason and its words: codes and keys, which leaf-words.ts puts into a language. */
	because: MessageKey;
	args: Record<string, string>;
	cites: string[];
	/** First days on which this answer may be another one, for the day until which a judgement holds. */
	bounds: Bound[];
}

/** What a line is, as far as a rule asks. */
export interface Goods {
	category: string;
	/** A person recorded that it is no electronic component. */
	notElectronic: boolean;
	originCountry: string | null;
}

/** Where an order goes in and comes from, as far as a rule asks. */
export interface Journey {
	place: Place;
	exporterCountry: string | null;
	loadingCountry: string | null;
}

/** A leaf of scope, and the named parts it matched: their windows are the date leaf's to judge. */
export interface Match {
	leaf: Leaf;
	parts: readonly Part[];
	/** Whether the day lies in the windows of those parts; null where no part matched. */
	inWindow: Truth | null;
}

export type Places = ReadonlyMap<string, Place>;
export type Day = PlainDate | null;

/** Everything that parts and readings cite, each once, in the order given. */
export function citesOf(...from: readonly (readonly string[] | readonly Part[])[]): string[] {
	const cites = new Set<string>();
	for (const list of from) {
		for (const one of list) {
			if (typeof one === 'string') cites.add(one);
			else for (const cite of one.cites) cites.add(cite);
		}
	}
	return [...cites];
}

export function named(parts: readonly Part[], value: string): Part[] {
	return parts.filter((part) => part.value === value);
}
