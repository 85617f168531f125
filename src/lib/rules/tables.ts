import { date, integer, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { LocalizedText } from '#lib/words/words.ts';
import { changes, measures } from '../changes/tables.ts';
import { people } from '../people/tables.ts';
import type { PlaceKind, Rule } from './rule.ts';

/** Places goods enter at. Which of them a rule names stands in the rule version only. */
export const places = pgTable('places', {
	key: text().primaryKey(),
	country: text().notNull(),
	names: jsonb().$type<LocalizedText>().notNull(),
	kind: text().$type<PlaceKind>().notNull(),
	parent: text(),
	/** When it joined its parent; null: it always belonged to it. */
	joinedParentOn: date('joined_parent_on', { mode: 'string' }),
	unlocode: text(),
	aliases: jsonb().$type<string[]>().notNull().default([]),
	note: jsonb().$type<LocalizedText | null>(),
	version: integer().notNull().default(1)
});

/** Product categories by which orders are classified. Being listed here says nothing about a rule. */
export const categories = pgTable('categories', {
	code: text().primaryKey(),
	names: jsonb().$type<LocalizedText>().notNull(),
	/** HS headings of our own judgement. */
	candidateHs: jsonb('candidate_hs').$type<string[]>().notNull().default([]),
	note: jsonb().$type<LocalizedText | null>(),
	position: integer().notNull().default(0),
	version: integer().notNull().default(1)
});

/** The immutable fold of all published, unwithdrawn changes of a measure. The database refuses UPDATE and DELETE. */
export const ruleVersions = pgTable(
	'rule_versions',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		number: integer().notNull(),
		rule: jsonb().$type<Rule>().notNull(),
		hash: text().notNull(),
		/** The change whose publishing or withdrawal made this version. */
		change: integer('change_id')
			.notNull()
			.references(() => changes.id),
		because: text().$type<'published' | 'withdrawn'>().notNull(),
		/** The day we knew it, in business time; the starter pack's is the day of its article. */
		knownOn: date('known_on', { mode: 'string' }).notNull(),
		person: integer('person_id').references(() => people.id),
		at: timestamp({ withTimezone: true }).notNull().defaultNow()
	},
	(table) => [unique('rule_versions_number').on(table.measure, table.number)]
);
