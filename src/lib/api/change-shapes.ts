import { z } from 'zod';
import { Effect } from '#lib/changes/effects.ts';
import { kindNames } from '#lib/changes/kinds.ts';
import { changeStates, instrumentStates, statements } from '#lib/changes/words.ts';
import { applicabilities } from '#lib/orders/list.ts';
import { Basis, CertaintyWord, Day, DayOrUnknown, Exposure, Id, Instant, Text, Version } from './shapes.ts';

/** What the API tells of a change, its claims and questions, and of what using it does. */

const ShownEffect = Effect.meta({
	id: 'Effect',
	description:
		'One thing a change does to the rule. `value` is a place key, category code, country, condition key, decimal rate (`0.15`), number of slots or reading; `from` and `until` are days, `unknown`, or null for no bound; `cites` are keys of claims (`C05`) and of open questions (`Q11`).'
});

export const Change = z
	.object({
		id: Id,
		version: Version,
		kind: z.enum(kindNames),
		measure: z.string(),
		title: Text,
		notes: z.string().meta({ description: 'Markdown, as written.' }),
		state: z.enum(changeStates).meta({ description: '`published` reads "in use here".' }),
		announcedOn: DayOrUnknown,
		publishedOn: DayOrUnknown,
		appliesFrom: DayOrUnknown,
		appliesUntil: DayOrUnknown,
		effects: z.array(ShownEffect),
		createdAt: Instant,
		usedAt: Instant.nullable(),
		withdrawnAt: Instant.nullable(),
		withdrawnReason: z.string().nullable()
	})
	.meta({ id: 'Change' });

export const Claim = z
	.object({
		id: Id,
		version: Version,
		key: z.string(),
		subject: z.string(),
		predicate: z.string(),
		value: z.unknown(),
		paraphrase: Text,
		certainty: CertaintyWord,
		instrument: z
			.object({ number: z.string(), url: z.string(), title: z.string(), state: z.enum(instrumentStates) })
			.nullable(),
		attestations: z.array(
			z.object({
				id: Id,
				source: z.object({ id: Id, name: z.string(), tier: z.int() }),
				item: Id.nullable(),
				quote: z.string().nullable(),
				summary: Text.nullable(),
				statement: z.enum(statements),
				asOf: DayOrUnknown,
				originGroup: z.string().meta({ description: 'Texts copied from one another share it.' })
			})
		),
		contradictedBy: z.array(z.string()),
		supersededBy: z.string().nullable(),
		withdrawn: z.boolean()
	})
	.meta({ id: 'Claim' });

export const Question = z
	.object({
		id: Id,
		version: Version,
		key: z.string(),
		text: Text,
		assumption: Text.meta({ description: 'What is acted on meanwhile.' }),
		state: z.enum(['open', 'answered']),
		owner: Id.nullable(),
		reviewOn: Day.nullable()
	})
	.meta({ id: 'Question' });

const ApplicabilityWord = z.enum(applicabilities);

const Reached = z.object({
	number: z.string(),
	before: ApplicabilityWord,
	after: ApplicabilityWord,
	itemsAdded: z.int(),
	mandatoryAdded: z.int(),
	itemsStale: z.int(),
	itemsNoLongerAsked: z.int(),
	exposureBefore: Exposure,
	exposureAfter: Exposure
});

export const Impact = z
	.object({
		on: Day,
		basis: Basis.nullable().meta({ description: 'Of the rule in use now; null: nothing is in use.' }),
		reached: z.array(Reached),
		released: z.array(Reached),
		altered: z.array(Reached),
		unchanged: z.int(),
		itemsAdded: z.int(),
		itemsStale: z.int(),
		itemsNoLongerAsked: z.int(),
		byTeam: z.array(z.object({ team: z.string(), added: z.int(), stale: z.int() })),
		exposure: z.array(z.object({ currency: z.string(), before: Exposure, after: Exposure })),
		refusals: z
			.array(z.object({ code: z.string(), title: z.string() }))
			.meta({ description: 'Why it may not be done as it stands.' })
	})
	.meta({ id: 'Impact' });

export const Rollout = z
	.object({ change: Change, ruleVersion: z.int(), orders: z.array(z.string()), itemsAdded: z.int() })
	.meta({ id: 'Rollout', description: 'What was done: the new rule version and the orders it reached.' });
