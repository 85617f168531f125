import { z } from 'zod';
import { coverages } from '#lib/changes/words.ts';
import { ProofIn } from './evidence.ts';
import type { Operations } from './operation.ts';
import { Day, Id, Instant, Text, Version } from './shapes.ts';

const states = ['open', 'prepared', 'accepted', 'returned', 'released', 'not_needed'] as const;

const Hand = z.object({ by: z.string(), at: Instant.nullable() }).nullable();

export const ChecklistItem = z
	.object({
		id: Id,
		version: Version,
		key: z.string(),
		title: Text,
		team: z.string(),
		order: z.string().nullable().meta({ description: 'Its number; null: asked beyond any order.' }),
		product: z.string().nullable().meta({ description: 'SKU.' }),
		period: z.string().nullable(),
		condition: z.string().nullable(),
		covers: z.enum(coverages),
		mandatory: z.boolean(),
		secondPerson: z.boolean(),
		state: z.enum(states),
		stale: z.boolean().meta({ description: 'What is asked changed since it was done.' }),
		noLongerAsked: z.boolean(),
		carriedFrom: Id.nullable().meta({ description: 'The item whose work it carries.' }),
		dueOn: Day.nullable(),
		assignee: z.object({ id: Id, name: z.string() }).nullable(),
		prepared: Hand,
		accepted: Hand,
		returned: Hand,
		reason: z.string().nullable(),
		note: z.string().nullable(),
		evidence: z.object({ id: Id, revision: Id, number: z.int() }).nullable(),
		validFrom: Day.nullable(),
		validUntil: Day.nullable(),
		releaseAskedBy: z.string().nullable(),
		releasedUntil: Day.nullable()
	})
	.meta({ id: 'ChecklistItem' });

export const DeedDone = z
	.object({
		item: ChecklistItem,
		orders: z.int().meta({ description: 'How many orders the work serves.' })
	})
	.meta({ id: 'DeedDone' });

const deed = { changes: true, answer: DeedDone } as const;
const reason = z.string().max(2_000);

export const checklistOperations = {
	'GET /checklist-items/:id': { summary: 'Read an item.', may: 'order.read', answer: ChecklistItem },
	'POST /checklist-items/:id/prepare': {
		summary: 'Prepare an item with a file, a link or a note, once for all it covers.',
		detail:
			'By its team. `reuse` takes a revision of evidence that is here already. Where no second person is asked it is accepted at once.',
		may: 'checklist.prepare',
		...deed,
		upload: true,
		body: ProofIn.extend({ reuse: Id.optional() })
	},
	'POST /checklist-items/:id/accept': {
		summary: 'Accept what another person prepared.',
		may: 'checklist.accept',
		...deed,
		body: z.strictObject({})
	},
	'POST /checklist-items/:id/return': {
		summary: 'Send work back with the reason.',
		may: 'checklist.return',
		...deed,
		body: z.strictObject({ reason })
	},
	'POST /checklist-items/:id/release': {
		summary: 'Ask that an order may go on without an item until a day.',
		may: 'checklist.release',
		...deed,
		body: z.strictObject({ reason, until: Day })
	},
	'POST /checklist-items/:id/release/approve': {
		summary: 'Release internally until the day that was asked for. It lowers no exposure.',
		may: 'checklist.approve_release',
		...deed,
		body: z.strictObject({})
	},
	'POST /checklist-items/:id/not-needed': {
		summary: 'Record that an order does not need an item, with the reason.',
		may: 'checklist.not_needed',
		...deed,
		body: z.strictObject({ reason })
	},
	'POST /checklist-items/:id/reopen': {
		summary: 'Open one box again; others that carried the same work keep it.',
		may: 'checklist.reopen',
		...deed,
		body: z.strictObject({})
	},
	'POST /checklist-items/:id/assign': {
		summary: 'Give an item to a person, or to nobody.',
		may: 'checklist.assign',
		...deed,
		body: z.strictObject({ person: Id.nullable() })
	}
} satisfies Operations;
