import { z } from 'zod';
import { line, TypedBound } from '#lib/changes/draft.ts';
import type { Effect } from '#lib/changes/effects.ts';
import { partKinds } from '#lib/changes/parts.ts';
import type { MessageKey } from '#lib/words/words.ts';

/** A part as a form sends it; a rate is typed in percent. At least one claim or assumption is cited. */
export const PartForm = z.object({
	part: z.enum(partKinds),
	op: z.enum(['set', 'drop']),
	value: line(80),
	from: TypedBound,
	until: TypedBound,
	cites: z
		.union([z.string(), z.array(z.string())])
		.default([])
		.transform((cites) => [cites].flat().filter((cite) => cite !== ''))
		.refine((cites) => cites.length > 0, 'effects.cite_something')
});
export type PartForm = z.infer<typeof PartForm>;

/** What a value of a part must look like; whether it exists is asked of the database. */
export function valueProblem(part: Effect['part'], value: string): MessageKey | null {
	switch (part) {
		case 'category_count':
			return /^[1-9]\d{0,2}$/.test(value) ? null : 'effects.count_wrong';
		case 'origin':
		case 'origin_unclear':
			return /^[A-Z]{2}$/.test(value) ? null : 'effects.country_wrong';
		case 'condition':
			return /^[a-z][a-z0-9_]{0,39}$/.test(value) ? null : 'effects.condition_key';
		default:
			return null;
	}
}
