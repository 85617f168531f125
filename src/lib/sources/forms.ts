import { z } from 'zod';
import { isPlainDate } from '#lib/time.ts';

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

/** A web address or nothing. Which hosts may be fetched is judged when it is saved. */
const address = z
	.preprocess(blank, z.string().trim().max(2_000, 'form.field_too_long').nullable())
	.refine((text) => text === null || /^https?:\/\/[^\s/]/i.test(text), 'sources.field.address_wrong')
	.default(null);

const tier = z.coerce.number().int().min(1, 'form.field_wrong').max(4, 'form.field_wrong');
const name = z.string().trim().min(1, 'form.field_required').max(200, 'form.field_too_long');

/** Half an hour is polite, a week is as good as never. Minutes. */
export const pollChoices = [30, 60, 180, 360, 720, 1440, 10_080] as const;

export const SourceFields = z.object({
	name,
	tier,
	url: address,
	homepage: address,
	pollMinutes: z.coerce.number().int().min(15, 'form.field_wrong').max(10_080, 'form.field_wrong').default(60)
});
export type SourceFields = z.infer<typeof SourceFields>;

export const NewSource = SourceFields.extend({ kind: z.enum(['feed', 'manual']) });
export type NewSource = z.infer<typeof NewSource>;

export const version = z.coerce.number().int().min(1);
export const SourceEdit = SourceFields.extend({ version });
export const Versioned = z.object({ version });

const day = z.string().trim().refine(isPlainDate, 'form.field_wrong');

export const Dismissal = z.object({
	version,
	reason: z.string().trim().min(1, 'inbox.field.reason_missing').max(500, 'form.field_too_long')
});

export const Deferral = z.object({ version, until: day });

export const Linking = z.object({ version, change: z.coerce.number().int().min(1, 'form.field_required') });

/** An item as a person enters it: in a source that is there, or in a new one that the person names and ranks. */
export const Entry = z
	.object({
		title: z.string().trim().min(1, 'form.field_required').max(500, 'form.field_too_long'),
		text: z.string().trim().min(1, 'inbox.field.text_missing').max(200_000, 'form.field_too_long'),
		link: address,
		published: z.preprocess(blank, day.nullable()).default(null),
		source: z.preprocess(
			(value) => (value === 'new' ? null : blank(value)),
			z.coerce.number().int().min(1).nullable().default(null)
		),
		newSource: z.preprocess(blank, name.nullable()).default(null),
		tier: z.preprocess(blank, tier.nullable()).default(null)
	})
	.superRefine((entry, context) => {
		if (entry.source !== null) return;
		const missing = (path: string) =>
			context.addIssue({ code: 'custom', path: [path], message: 'form.field_required' });
		if (entry.newSource === null) missing('newSource');
		if (entry.tier === null) missing('tier');
	});
export type Entry = z.infer<typeof Entry>;
