import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { people } from '../people/tables.ts';
import type { Deed } from './deeds.ts';

/** Who did what when. Append-only: the database refuses UPDATE and DELETE. */
export const activity = pgTable(
	'activity',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		at: timestamp({ withTimezone: true }).notNull().defaultNow(),
		/** Null: the system (a poll, the nightly judgement). */
		person: integer().references(() => people.id),
		deed: text().$type<Deed>().notNull(),
		subject: text().notNull(),
		subjectId: integer('subject_id').notNull(),
		/** The order it touches, so that an order's history is one look-up. */
		order: integer('order_id'),
		/** The words of the sentence (see deeds.ts) and what a replay needs. */
		data: jsonb().$type<Record<string, unknown>>().notNull().default({})
	},
	(table) => [
		index('activity_subject').on(table.subject, table.subjectId, table.id),
		index('activity_order').on(table.order, table.id)
	]
);

/** A conversation on any record. */
export const comments = pgTable(
	'comments',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		subject: text().notNull(),
		subjectId: integer('subject_id').notNull(),
		person: integer()
			.notNull()
			.references(() => people.id),
		body: text().notNull(),
		at: timestamp({ withTimezone: true }).notNull().defaultNow()
	},
	(table) => [index('comments_subject').on(table.subject, table.subjectId, table.id)]
);
