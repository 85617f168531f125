import type { Certainty } from '#lib/changes/certainty.ts';
import type { PartKind } from '#lib/changes/parts.ts';
import type { Cite } from '#lib/changes/held.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import type { Part } from './rule.ts';
import type { Truth } from './truth.ts';

/** One sentence of the rule. */
export interface ReadPart {
	part: PartKind;
	value: string;
	/** The name of a place or category; null where the value speaks for itself. */
	name: LocalizedText | null;
	from: Part['from'];
	until: Part['until'];
	/** Whether the day that was asked for lies in its window. */
	holds: Truth;
	/** That of its weakest claim. */
	certainty: Certainty;
	cites: Cite[];
	/** The change that set it; null for a count or a reading. */
	change: number | null;
}

export interface ReadItem {
	key: string;
	team: string;
	title: LocalizedText;
	condition: string | null;
	mandatory: boolean;
	change: number;
}

export interface ReadRule {
	parts: ReadPart[];
	playbook: ReadItem[];
	/** Of all that is cited: how many distinct assumptions, and how many claims that nobody corroborated. */
	assumptions: number;
	uncorroborated: number;
	certainty: Certainty;
	/** Titles of the changes that the parts came from. */
	changes: Record<number, LocalizedText>;
}

export interface VersionRow {
	id: number;
	number: number;
	because: 'published' | 'withdrawn';
	change: number;
	title: LocalizedText;
	knownOn: PlainDate;
	by: string | null;
	at: Date;
}
