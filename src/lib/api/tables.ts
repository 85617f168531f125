import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { people } from '../people/tables.ts';

/** What was answered to a POST that named itself, so that a second sending changes nothing. Kept for a day. */
export const idempotencyKeys = pgTable(
	'idempotency_keys',
	{
		person: integer('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** Method and path, ids and all. */
		route: text().notNull(),
		key: text().notNull(),
		/** SHA-256 of what was asked: another body under the same key is a mistake. */
		asked: text().notNull(),
		/** Null: it is being worked on, or the process ended while it was. */
		status: integer(),
		body: text(),
		at: timestamp({ withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		primaryKey({ columns: [table.person, table.route, table.key] }),
		index('idempotency_keys_at').on(table.at)
	]
);
