import { z } from 'zod';
import { isPlainDate } from '#lib/time.ts';
import { isReading, partKinds } from './parts.ts';

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
