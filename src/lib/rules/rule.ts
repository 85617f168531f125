import type { Bound } from '#lib/changes/effects.ts';
import type { Reading } from '#lib/changes/parts.ts';
import type { PlainDate } from '#lib/time.ts';

export const placeKinds = ['city', 'seaport', 'terminal', 'airport', 'land_gate', 'inland_depot'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A place as the judgement needs it; `parent` is a place key. */
export interface Place {
	key: string;
	kind: PlaceKind;
	parent: string | null;
	joinedParentOn: PlainDate | null;
}

/** One part of a rule with its own window; it cites claims (`C05`) or the assumptions of open questions (`Q18`). */
export interface Part {
	value: string;
	from: Bound;
	until: Bound;
	cites: string[];
	/** The change that set it. */
	change: number;
}

/** A playbook item as the version asks it. `hash` changes when what is asked changes, which makes items stale. */
export interface AskedItem {
	key: string;
	/** Row of the playbook item whose text the version uses. */
	id: number;
	condition: string | null;
	hash: string;
	renewOnVersion: boolean;
}

/** What a rule version says. Scope lives here only; no code names a country, a rate or a category. */
export interface Rule {
	measure: string;
	/** When the measure as a whole applies. */
	windows: Part[];
	origins: Part[];
	/** Countries of which the source does not say whether they count: they keep a line undetermined. */
	unclearOrigins: Part[];
	places: Part[];
	categories: Part[];
	/** How many category slots the source counts; null: it gives no number. The unnamed ones stay undetermined. */
	slots: { count: number | null; cites: string[] };
	conditions: Part[];
	rates: Part[];
	/** What each reading of ours rests on; no code knows a question by its key. */
	readings: Record<Reading, string[]>;
	playbook: AskedItem[];
}
