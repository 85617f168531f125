/** A part of a measure that has its own window and cites what it rests on. */
export const partKinds = [
	'measure',
	'origin',
	'origin_unclear',
	'place',
	'category',
	'category_count',
	'condition',
	'rate',
	'reading'
] as const;
export type PartKind = (typeof partKinds)[number];

/**
 * How we read what a source leaves open. A rule cites, for each, the claims and the assumptions it leans on:
 * `terminals`: a sea terminal that always belonged to a named place counts as that place;
 * `merged`: what a merger or another mode of transport adds to a named place stays undetermined;
 * `elsewhere`: a place nobody named is outside; `unnamedCategory`: an unnamed slot keeps a category undetermined;
 * `mixedOrigin`: it is open which country decides; `declarationDate`: the day of the declaration decides;
 * `partial`: one missing material costs the full rate once; `noEnd`: no end is assumed where none is given.
 */
export const readings = [
	'terminals',
	'merged',
	'elsewhere',
	'unnamedCategory',
	'mixedOrigin',
	'declarationDate',
	'partial',
	'noEnd'
] as const;
export type Reading = (typeof readings)[number];

export function isReading(text: string): text is Reading {
	return readings.includes(text as Reading);
}

/** Parts without days: they count or read, they do not begin and end. */
export const undated: ReadonlySet<PartKind> = new Set(['category_count', 'reading']);
