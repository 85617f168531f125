import { z } from 'zod';
import type { Operations } from './operation.ts';
import { Id, Instant, listOf, Paging } from './shapes.ts';

/** What can be spoken about; each has its table in comments.server.ts. */
export const subjects = [
	'source',
	'item',
	'change',
	'product',
	'order',
	'checklist_item',
	'evidence'
] as const;
export type Subject = (typeof subjects)[number];

export const Comment = z
	.object({ id: Id, version: z.literal(1), at: Instant, person: z.string(), body: z.string() })
	.meta({ id: 'Comment', description: 'A comment is never changed: it stays at version 1.' });

export const commentOperations = {
	'GET /comments': {
		summary: 'Read the conversation on a record, oldest first.',
		may: 'api.use',
		query: Paging.extend({ subject: z.enum(subjects), id: z.coerce.number().int().positive() }),
		answer: listOf(Comment)
	},
	'POST /comments': {
		summary: 'Say something about a record.',
		may: 'comment.add',
		body: z.strictObject({ subject: z.enum(subjects), id: Id, body: z.string().trim().min(1).max(5_000) }),
		status: 201,
		answer: Comment
	}
} satisfies Operations;
