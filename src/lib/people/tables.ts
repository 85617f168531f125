import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	date
} from 'drizzle-orm/pg-core';
import type { Locale } from '#lib/words/words.ts';
import type { Role } from './roles.ts';
import { teams } from '../teams/tables.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

/** One database holds one workspace, `demo` or `real`, fixed when it is created. */
export const workspace = pgTable(
	'workspace',
	{
		id: integer().primaryKey().default(1),
		kind: text().$type<'demo' | 'real'>().notNull(),
		/** The business day the demo is shown on; null: the real day. Always null in a real workspace. */
		shownOn: date('shown_on', { mode: 'string' }),
		/** SHA-256 of the one-time link that makes the first person; null once used. */
		setupHash: text('setup_hash'),
		createdAt: at('created_at').notNull().defaultNow()
	},
	(table) => [
		check('workspace_is_one', sql`${table.id} = 1`),
		check('workspace_kind', sql`${table.kind} in ('demo', 'real')`),
		check('workspace_real_day', sql`${table.kind} = 'demo' or ${table.shownOn} is null`)
	]
);

export const people = pgTable('people', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	email: text().notNull().unique('people_email'),
	name: text().notNull(),
	passwordHash: text('password_hash').notNull(),
	roles: jsonb().$type<Role[]>().notNull().default([]),
	locale: text().$type<Locale>().notNull().default('en'),
	disabledAt: at('disabled_at'),
	createdAt: at('created_at').notNull().defaultNow(),
	version: integer().notNull().default(1)
});

export const teamMembers = pgTable(
	'team_members',
	{
		team: text()
			.notNull()
			.references(() => teams.key),
		person: integer()
			.notNull()
			.references(() => people.id),
		lead: boolean().notNull().default(false)
	},
	(table) => [primaryKey({ columns: [table.team, table.person] })]
);

export const sessions = pgTable('sessions', {
	/** SHA-256 of the session id: a copied database signs nobody in. */
	hash: text().primaryKey(),
	person: integer()
		.notNull()
		.references(() => people.id, { onDelete: 'cascade' }),
	createdAt: at('created_at').notNull().defaultNow(),
	expiresAt: at('expires_at').notNull()
});
