import { z } from 'zod';
import { isPlainDate, type PlainDate } from '#lib/time.ts';
import type { MessageKey } from '#lib/words/words.ts';
import type { Bound } from './effects.ts';
import { kindNames, type ChangeKind } from './kinds.ts';

/** Words as their writer typed them; the store keeps them under that person's language. */
export const line = (most = 300) => z.string().trim().min(1).max(most);
export const prose = (most = 20_000) => z.string().trim().max(most);
export const Version = z.coerce.number().int().positive();

/** A form sends one text, or several under one name: the day, and what stands beside it. */
const Typed = z.union([z.string(), z.array(z.string())]).transform((typed) => [typed].flat());

/**
 * A day that may be unknown: the text of a date field, and `unknown` from the box beside it. An empty field without the
 * box is no answer, so that nobody leaves a guess by leaving a gap.
 */
export const KnownDay = Typed.transform((typed, context): PlainDate | null => {
	if (typed.includes('unknown')) return null;
	const day = typed.find((text) => text !== '') ?? '';
	return isPlainDate(day) ? day : refuse(context, 'changes.day_or_unknown', null);
});

/** A bound of a part: `day` with its date, `unknown`, or `none` (an assumption the part cites). */
export const TypedBound = Typed.transform((typed, context): Bound => {
	if (typed.includes('unknown')) return 'unknown';
	if (typed.includes('none')) return null;
	const day = typed.find((text) => text !== '' && text !== 'day') ?? '';
	return isPlainDate(day) ? day : refuse(context, 'effects.day_or_choice', null);
});

/** A day that need not be given. */
export const OptionalDay = z
	.string()
	.default('')
	.transform((day, context): PlainDate | null => {
		if (day === '') return null;
		return isPlainDate(day) ? day : refuse(context, 'changes.no_day', null);
	});

/** A box that is ticked or absent. */
export const Box = z
	.union([z.string(), z.boolean()])
	.optional()
	.transform((ticked) => ticked !== undefined && ticked !== '' && ticked !== false);

export const NewChange = z.object({
	kind: z.enum(kindNames as [ChangeKind, ...ChangeKind[]], { error: 'changes.choose_kind' }),
	title: line(),
	notes: prose().default('')
});
export type NewChange = z.infer<typeof NewChange>;

export const ChangeEdit = z.object({
	title: line(),
	notes: prose().default(''),
	announcedOn: KnownDay,
	publishedOn: KnownDay,
	appliesFrom: KnownDay,
	appliesUntil: KnownDay
});
export type ChangeEdit = z.infer<typeof ChangeEdit>;

/** What is wrong with an edit as a whole, by field. */
export function editProblems(edit: ChangeEdit): Record<string, { key: MessageKey }> {
	const { appliesFrom, appliesUntil } = edit;
	return appliesFrom && appliesUntil && appliesUntil < appliesFrom
		? { appliesUntil: { key: 'changes.until_before_from' } }
		: {};
}

function refuse<Value>(context: z.RefinementCtx, message: MessageKey, value: Value): Value {
	context.addIssue({ code: 'custom', message });
	return value;
}
