import { z } from 'zod';
import { Attestation, ClaimWords } from '#lib/changes/claim-form.ts';
import { Effect } from '#lib/changes/effects.ts';
import { kindNames } from '#lib/changes/kinds.ts';
import { changeStates, statements } from '#lib/changes/words.ts';
import { Change, Claim, Impact, Question, Rollout } from './change-shapes.ts';
import type { Operations } from './operation.ts';
import { DayOrUnknown, Id, listOf, On, Paging, readAs } from './shapes.ts';

const days = {
	announcedOn: DayOrUnknown,
	publishedOn: DayOrUnknown,
	appliesFrom: DayOrUnknown,
	appliesUntil: DayOrUnknown
};
const words = { title: z.string().trim().min(1).max(300), notes: z.string().max(20_000) };

export const ChangePatch = z.strictObject({ ...words, ...days, effects: z.array(Effect).max(200) }).partial();
export type ChangePatch = z.infer<typeof ChangePatch>;

const begin = { kind: z.enum(kindNames), title: words.title };
export const ChangeStart = ChangePatch.extend({
	...begin,
	measure: z.string().optional().meta({ description: 'Its key; the one measure there is unless given.' }),
	item: Id.optional().meta({ description: 'What it was read in: that item is linked to it.' })
});
export type ChangeStart = z.infer<typeof ChangeStart>;

/** Exactly one of `item` and `source`, and exactly one of `quote` and `summary`. */
const AttestationIn = readAs(
	z
		.strictObject({
			item: Id.optional(),
			source: Id.optional(),
			quote: z.string().default(''),
			summary: z.string().default(''),
			statement: z.enum(statements),
			asOf: DayOrUnknown.default(null),
			originGroup: z.string().default('')
		})
		.transform(({ item, source, asOf, ...rest }) => ({
			...rest,
			asOf: asOf ?? '',
			from: item && !source ? `item:${item}` : source && !item ? `source:${source}` : ''
		})),
	Attestation
);

const ClaimIn = readAs(
	z.strictObject({
		subject: z.string(),
		predicate: z.string(),
		value: z.string(),
		paraphrase: z.string(),
		attestation: AttestationIn
	}),
	ClaimWords.extend({ attestation: z.custom<z.infer<typeof Attestation>>() })
);

const moved = { may: 'change.edit', changes: true } as const;

export const changeOperations = {
	'GET /changes': {
		summary: 'List changes, newest first.',
		may: 'change.read',
		query: Paging.extend({ state: z.enum(changeStates).optional(), kind: z.enum(kindNames).optional() }),
		answer: listOf(Change)
	},
	'POST /changes': {
		summary: 'Begin a change.',
		detail: 'Dates that are left out are unknown. Effects may cite only claims and questions that are there.',
		may: 'change.edit',
		body: ChangeStart,
		status: 201,
		answer: Change
	},
	'GET /changes/:id': { summary: 'Read a change.', may: 'change.read', answer: Change },
	'PATCH /changes/:id': {
		summary: 'Change a draft; what is left out stays.',
		detail: '`effects` replaces the whole list. Once a change is in use its content stays as it is (409).',
		...moved,
		body: ChangePatch,
		answer: Change
	},
	'GET /changes/:id/claims': {
		summary: 'List the claims of a change with what we hold of them.',
		may: 'change.read',
		query: Paging,
		answer: listOf(Claim)
	},
	'POST /changes/:id/claims': {
		summary: 'Add a claim with its first attestation.',
		detail:
			'The attestation names the `item` or the `source` it stands in, and a `quote` (from an item) or a `summary`.',
		may: 'change.edit',
		body: ClaimIn,
		status: 201,
		answer: Claim
	},
	'GET /changes/:id/questions': {
		summary: 'List the open questions of a change.',
		may: 'change.read',
		query: Paging,
		answer: listOf(Question)
	},
	'POST /changes/:id/questions': {
		summary: 'Add a question with the assumption that is acted on meanwhile.',
		may: 'change.edit',
		body: z.strictObject({
			text: z.string().trim().min(1).max(1_000),
			assumption: z.string().trim().min(1).max(1_000),
			owner: Id.nullable().default(null),
			reviewOn: DayOrUnknown.default(null)
		}),
		status: 201,
		answer: Question
	},
	'GET /changes/:id/impact': {
		summary: 'Preview what using or withdrawing a change would do to the open orders.',
		may: 'change.read',
		query: On.extend({ as: z.enum(['publish', 'withdraw']).default('publish') }),
		answer: Impact
	},
	'POST /changes/:id/submit': {
		summary: 'Hand a draft to a second look.',
		...moved,
		body: z.strictObject({}),
		answer: Change
	},
	'POST /changes/:id/publish': {
		summary: 'Use a change here.',
		detail:
			'One transaction: the rule version, the checklists of the orders it reaches, and their judgements.',
		may: 'change.publish',
		changes: true,
		body: z.strictObject({}),
		answer: Rollout
	},
	'POST /changes/:id/withdraw': {
		summary: 'Withdraw a change: the rule without it comes into use.',
		may: 'change.withdraw',
		changes: true,
		body: z.strictObject({ reason: z.string() }),
		answer: Rollout
	}
} satisfies Operations;
