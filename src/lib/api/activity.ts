import { z } from 'zod';
import { deeds } from '#lib/activity/deeds.ts';
import type { Operations } from './operation.ts';
import { Id, Instant, listOf, Paging } from './shapes.ts';

export const Deed = z
	.object({
		id: Id,
		version: z.literal(1),
		at: Instant,
		person: z.string().nullable().meta({ description: 'Null: nobody, it happened on schedule.' }),
		deed: z.enum(deeds),
		subject: z.string(),
		subjectId: z.int(),
		order: Id.nullable().meta({ description: 'The order it touches.' }),
		sentence: z.string().meta({ description: 'In the language asked for.' }),
		data: z.record(z.string(), z.unknown())
	})
	.meta({ id: 'Deed', description: 'Who did what when. Nothing here is ever changed or removed.' });

export const activityOperations = {
	'GET /activity': {
		summary: 'List who did what when, newest first.',
		detail:
			'With `Accept: application/x-ndjson` or `format=ndjson` the whole history streams, one deed a line, without pages.',
		may: 'activity.read',
		query: Paging.extend({
			subject: z.string().max(60).optional(),
			id: z.coerce.number().int().positive().optional().meta({ description: 'Of the subject.' }),
			order: z.coerce.number().int().positive().optional().meta({ description: 'Id of an order.' }),
			format: z.enum(['json', 'ndjson']).optional()
		}),
		answer: listOf(Deed),
		media: 'application/x-ndjson'
	}
} satisfies Operations;
