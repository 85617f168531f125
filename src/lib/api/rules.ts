import { z } from 'zod';
import { partKinds } from '#lib/changes/parts.ts';
import type { Operations } from './operation.ts';
import { Basis, CertaintyWord, Day, Id, Instant, listOf, On, Paging, Text } from './shapes.ts';

const row = {
	id: Id,
	version: z.int().meta({ description: 'Its number. A rule version never changes.' }),
	because: z.enum(['published', 'withdrawn']),
	change: z.object({ id: Id, title: Text }),
	knownOn: Day.meta({ description: 'The day we knew it.' }),
	by: z.string().nullable(),
	at: Instant
};

export const RuleVersionRow = z.object(row).meta({ id: 'RuleVersionRow' });

const bound = z.union([z.literal('unknown'), Day, z.null()]);

export const RuleVersion = z
	.object({
		...row,
		on: Day,
		basis: Basis,
		parts: z.array(
			z.object({
				part: z.enum(partKinds),
				value: z.string(),
				name: Text.nullable(),
				from: bound,
				until: bound,
				holds: z
					.enum(['true', 'false', 'unknown'])
					.meta({ description: 'Whether the day asked for lies in its window.' }),
				certainty: CertaintyWord,
				cites: z.array(z.string()),
				change: Id.nullable()
			})
		),
		playbook: z.array(
			z.object({
				key: z.string(),
				team: z.string(),
				title: Text,
				condition: z.string().nullable(),
				mandatory: z.boolean()
			})
		)
	})
	.meta({
		id: 'RuleVersion',
		description: 'A rule as a list of parts, each with its window and what it cites.'
	});

export const ruleOperations = {
	'GET /rule-versions': {
		summary: 'List the rule versions, newest first.',
		may: 'rule.read',
		query: Paging,
		answer: listOf(RuleVersionRow)
	},
	'GET /rule-versions/current': {
		summary: 'Read the rule in use, as it reads on a day and as it was known on a day.',
		may: 'rule.read',
		query: On.extend({ known: Day.optional() }),
		answer: RuleVersion
	},
	'GET /rule-versions/:number': {
		summary: 'Read one rule version.',
		may: 'rule.read',
		query: On,
		answer: RuleVersion
	}
} satisfies Operations;
