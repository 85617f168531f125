import { z } from 'zod';
import { line, TypedBound } from '#lib/changes/draft.ts';
import { partKinds, type Effect } from '#lib/changes/effects.ts';
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

/** Percent as typed (`12,5` too) to the stored decimal text, exactly: `15` -> `0.15`. Null: no share of a value. */
export function rateOf(percent: string): string | null {
	const match = /^(\d{1,3})(?:[.,](\d{1,6}))?\s*%?$/.exec(percent.trim());
	if (!match || Number(`${match[1]}.${match[2] ?? '0'}`) > 100) return null;
	const whole = match[1]!.padStart(3, '0');
	return trimmed(`${Number(whole.slice(0, -2))}.${whole.slice(-2)}${match[2] ?? ''}`);
}

/** `0.15` -> `15`, for showing and for the field. */
export function percentOf(rate: string): string {
	const [whole = '0', fraction = ''] = rate.split('.');
	const digits = fraction.padEnd(2, '0');
	return trimmed(`${Number(whole + digits.slice(0, 2))}.${digits.slice(2)}`);
}

function trimmed(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0*$/, '') : decimal;
}

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

/** Parts without days: they count or read, they do not begin and end. */
export const undated: ReadonlySet<Effect['part']> = new Set(['category_count', 'reading']);
