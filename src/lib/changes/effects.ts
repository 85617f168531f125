import { z } from 'zod';
import { isPlainDate } from '#lib/time.ts';

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

/** A day, `unknown`, or null: the part has no such bound (an assumption the part cites). Unknown never becomes today. */
export const Bound = z.union([z.literal('unknown'), z.string().refine(isPlainDate), z.null()]);
export type Bound = z.infer<typeof Bound>;

/**
 * One thing a change does to a measure. `set` adds the part from its first day; `drop` ends it the day before `from`.
 * `value`: ISO country, place key, category code, number of slots, condition key, decimal rate (`0.15`) or reading.
 * `origin_unclear` is a country of which the source does not say whether it counts. A reading has no days.
 * `cites`: keys of claims (`C05`) and of open questions whose assumption is acted on (`Q11`).
 */
export const Effect = z
	.object({
		part: z.enum(partKinds),
		op: z.enum(['set', 'drop']),
		value: z.string().min(1),
		from: Bound,
		until: Bound,
		cites: z.array(z.string()).min(1)
	})
	.refine(({ part, value }) => part !== 'reading' || isReading(value), { path: ['value'] });
export type Effect = z.infer<typeof Effect>;
