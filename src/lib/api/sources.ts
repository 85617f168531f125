import { z } from 'zod';
import { NewSource } from '#lib/sources/forms.ts';
import { sourceKinds } from '#lib/sources/words.ts';
import type { Operations } from './operation.ts';
import { Id, Instant, listOf, Paging, readAs, Version } from './shapes.ts';

const outcomes = ['read', 'unchanged', 'failed'] as const;
const healths = ['off', 'by_hand', 'waiting', 'failing', 'late', 'well'] as const;

export const Trouble = z
	.object({ code: z.string(), title: z.string() })
	.meta({ id: 'Trouble', description: 'Why a poll gave nothing.' });

export const Source = z
	.object({
		id: Id,
		version: Version,
		name: z.string(),
		kind: z.enum(sourceKinds),
		tier: z.int().meta({ description: '1 official, 2 professional, 3 press or vendor, 4 practice.' }),
		url: z.string().nullable(),
		homepage: z.string().nullable(),
		enabled: z.boolean(),
		pollMinutes: z.int(),
		health: z.enum(healths),
		trouble: Trouble.nullable(),
		lastPolledAt: Instant.nullable(),
		lastReadAt: Instant.nullable(),
		nextPollAt: Instant.nullable()
	})
	.meta({ id: 'Source' });

export const Poll = z
	.object({
		id: Id,
		source: Id,
		startedAt: Instant,
		finishedAt: Instant.nullable(),
		outcome: z.enum(outcomes).nullable(),
		status: z.int().nullable().meta({ description: 'HTTP status of the answer; null: there was none.' }),
		newItems: z.int(),
		trouble: Trouble.nullable()
	})
	.meta({ id: 'Poll' });

const address = z.string().max(2_000).nullable();
const fields = {
	name: z.string(),
	tier: z.int().min(1).max(4),
	url: address,
	homepage: address,
	pollMinutes: z.int().min(15).max(10_080)
};

export const sourceOperations = {
	'GET /sources': {
		summary: 'List the sources.',
		may: 'source.read',
		query: Paging,
		answer: listOf(Source)
	},
	'POST /sources': {
		summary: 'Add a source.',
		detail:
			'A feed needs `url`. Addresses of private networks are refused unless the operator allowed the host. Two sources cannot have one address (409).',
		may: 'source.manage',
		body: readAs(
			z.strictObject({
				...{ name: fields.name, tier: fields.tier, kind: z.enum(['feed', 'manual']) },
				...{ url: address.default(null), homepage: address.default(null) },
				pollMinutes: fields.pollMinutes.default(60)
			}),
			NewSource
		),
		status: 201,
		answer: Source
	},
	'GET /sources/:id': { summary: 'Read a source.', may: 'source.read', answer: Source },
	'PATCH /sources/:id': {
		summary: 'Change a source; what is left out stays.',
		may: 'source.manage',
		body: z.strictObject({ ...fields, enabled: z.boolean() }).partial(),
		changes: true,
		answer: Source
	},
	'DELETE /sources/:id': {
		summary: 'Remove a source from which nothing was read.',
		detail: 'What was read may be quoted: such a source is switched off instead (409).',
		may: 'source.manage',
		changes: true,
		status: 204
	},
	'POST /sources/:id/poll': {
		summary: 'Read a feed now.',
		detail:
			'Answers when the run has ended, with its outcome; a source that cannot be read is an outcome, not an error. Refused (409) while another run of this source goes on.',
		may: 'source.manage',
		status: 202,
		answer: Poll
	}
} satisfies Operations;
