import { z } from 'zod';
import { Dismissal, Entry } from '#lib/sources/forms.ts';
import { itemStates } from '#lib/sources/words.ts';
import type { Operations } from './operation.ts';
import { Day, DayOrUnknown, Id, Instant, listOf, Paging, readAs, Version } from './shapes.ts';

const row = {
	id: Id,
	version: Version,
	title: z.string(),
	titleMade: z.boolean().meta({ description: 'The source gave no title; ours was made from its text.' }),
	link: z.string().nullable(),
	publishedAt: Instant.nullable().meta({ description: 'Null: the source gave no date.' }),
	firstSeenAt: Instant,
	language: z.string().nullable(),
	state: z.enum(itemStates),
	until: Day.nullable(),
	source: z.object({ id: Id, name: z.string(), tier: z.int() })
};

export const ItemRow = z.object(row).meta({ id: 'ItemRow' });

export const Item = z
	.object({
		...row,
		change: Id.nullable(),
		reason: z.string().nullable(),
		decidedBy: z.string().nullable(),
		decidedAt: Instant.nullable(),
		wordings: z.array(
			z.object({
				capture: Id,
				text: z.string(),
				at: Instant,
				edit: z.boolean().meta({ description: 'The source changed it.' })
			})
		)
	})
	.meta({
		id: 'Item',
		description: 'Something read in a source. The newest wording comes first; quotes are looked for in it.'
	});

const decided = { may: 'item.decide', changes: true, answer: Item } as const;

export const itemOperations = {
	'GET /items': {
		summary: 'List the inbox, last heard first.',
		may: 'inbox.read',
		query: Paging.extend({
			state: z.enum(itemStates).optional(),
			source: z.coerce.number().int().positive().optional(),
			q: z.string().trim().max(100).optional().meta({ description: 'Looked for in titles and texts.' })
		}),
		answer: listOf(ItemRow)
	},
	'POST /items': {
		summary: 'Enter a text that a person brings.',
		detail: 'In a `source` that is there, or in a new one: `newSource` is its name and `tier` its rank.',
		may: 'item.decide',
		body: readAs(
			z.strictObject({
				title: z.string(),
				text: z.string(),
				link: z.string().nullable().default(null),
				published: DayOrUnknown.default(null),
				source: Id.nullable().default(null),
				newSource: z.string().nullable().default(null),
				tier: z.int().min(1).max(4).nullable().default(null)
			}),
			Entry
		),
		status: 201,
		answer: Item
	},
	'GET /items/:id': { summary: 'Read an item with its wordings.', may: 'inbox.read', answer: Item },
	'POST /items/:id/dismiss': {
		summary: 'Dismiss an item, with the reason.',
		...decided,
		body: readAs(z.strictObject({ reason: z.string() }), Dismissal.omit({ version: true }))
	},
	'POST /items/:id/defer': {
		summary: 'Put an item aside until a day; then it is new again.',
		...decided,
		body: z.strictObject({ until: Day })
	},
	'POST /items/:id/link': {
		summary: 'Say that a change came of an item.',
		...decided,
		body: z.strictObject({ change: Id })
	},
	'POST /items/:id/reopen': {
		summary: 'Put a decided item back among the new ones.',
		...decided,
		body: z.strictObject({})
	}
} satisfies Operations;
