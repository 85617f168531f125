import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { LocalizedText } from '#lib/words/words.ts';

/** A team is a row: more teams need no code. */
export const teams = pgTable('teams', {
	key: text().primaryKey(),
	names: jsonb().$type<LocalizedText>().notNull(),
	position: integer().notNull().default(0),
	version: integer().notNull().default(1)
});
