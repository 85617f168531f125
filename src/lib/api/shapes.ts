import { z } from 'zod';
import { locales, type LocalizedText } from '#lib/words/words.ts';
import { amountOf } from '#lib/money.ts';
import { buckets, type Bucket, type Range as MinorRange } from '#lib/orders/judgement.ts';
import { certainties } from '#lib/changes/certainty.ts';
import { isPlainDate } from '#lib/time.ts';

/** Forms that stand in many records. What has an id here is a named schema of the document. */

export const Id = z.int().positive();
export const Version = z
	.int()
	.positive()
	.meta({ description: 'Counts the changes of the record; needed to change it.' });

export const Instant = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/)
	.meta({ format: 'date-time', description: 'UTC.' });

export const Day = z
	.string()
	.refine(isPlainDate, 'form.field_wrong')
	.meta({ format: 'date', examples: ['2026-11-23'] });

/** A day that may be given or left out; null says that it is not known. */
export const DayOrUnknown = Day.nullable();

export const Text = z
	.object({
		en: z.string().optional(),
		'zh-CN': z.string().optional(),
		vi: z.string().optional()
	} satisfies Record<(typeof locales)[number], z.ZodType>)
	.meta({ id: 'Text', description: 'What people wrote, in the languages it was written in.' });

export const Money = z
	.object({ amount: z.string().regex(/^-?\d+(\.\d+)?$/), currency: z.string().regex(/^[A-Z]{3}$/) })
	.meta({ id: 'Money', examples: [{ amount: '123.45', currency: 'USD' }] });

export const Range = z
	.object({ low: Money, high: Money })
	.meta({ id: 'Range', description: 'If the report is true and applied as we read it.' });

export const Exposure = z.object(
	Object.fromEntries(buckets.map((bucket) => [bucket, Range])) as Record<Bucket, typeof Range>
);

export const CertaintyWord = z.enum(certainties).meta({
	description: 'What we hold of a claim: derived from what supports it, never typed.'
});

export const Basis = z
	.object({
		ruleVersion: z.int(),
		knownOn: Day,
		on: Day,
		certainty: CertaintyWord,
		assumptions: z.int(),
		uncorroborated: z.int()
	})
	.meta({
		id: 'Basis',
		description:
			'What a figure rests on: the rule version and the day we knew it, the day asked for, the certainty of the weakest claim, and how many assumptions and uncorroborated claims it leans on.'
	});

export const On = z.object({
	on: Day.optional().meta({ description: 'The business day to judge on; today unless given.' })
});

const limit = z.coerce.number().int().min(1, 'api.limit').max(200, 'api.limit').default(50);

/** Pages by id: the cursor is the last one's. */
export const Paging = z.object({
	limit,
	cursor: z
		.string()
		.regex(/^\d{1,9}$/, 'api.cursor')
		.transform(Number)
		.optional()
		.meta({ description: '`next` of the page before.' })
});

/** Pages by whatever the list is sorted by. */
export const MarkedPaging = z.object({
	limit,
	cursor: z.string().max(300, 'api.cursor').optional().meta({ description: '`next` of the page before.' })
});

export function listOf<Row extends z.ZodType>(row: Row) {
	return z.object({
		items: z.array(row),
		next: z.string().nullable().meta({ description: 'The `cursor` of the next page; null: there is none.' })
	});
}

/** Cuts a page from rows that were read one more than asked, or whole; `idOf` is what the next page starts after. */
export function pageOf<Row, Shown>(
	rows: readonly Row[],
	limit: number,
	idOf: (row: Row) => number | string,
	shown: (row: Row) => Shown
): { items: Shown[]; next: string | null } {
	const page = rows.slice(0, limit);
	return { items: page.map(shown), next: rows.length > limit ? String(idOf(page.at(-1)!)) : null };
}

export function money(minor: number, currency: string): z.infer<typeof Money> {
	return { amount: amountOf(minor, currency), currency };
}

export function range({ low, high }: MinorRange, currency: string): z.infer<typeof Range> {
	return { low: money(low, currency), high: money(high, currency) };
}

export function exposure(of: Record<Bucket, MinorRange>, currency: string): z.infer<typeof Exposure> {
	return Object.fromEntries(buckets.map((bucket) => [bucket, range(of[bucket], currency)])) as z.infer<
		typeof Exposure
	>;
}

export function instant(at: Date): string;
export function instant(at: Date | null): string | null;
export function instant(at: Date | null): string | null {
	return at && at.toISOString();
}

export function text(words: LocalizedText | null | undefined): z.infer<typeof Text> {
	return { ...words };
}

/** The fields that are there: what is left out of a request stays out of what the domain is asked. */
export function given<Fields extends object>(
	fields: Fields
): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** JSON of a known shape, read on by the form of a page: one place says what a name or an address may be. */
export function readAs<Json extends z.ZodType, Form extends z.ZodType>(json: Json, form: Form) {
	return json.pipe(form as unknown as z.ZodType<z.output<Form>, z.output<Json>>);
}
