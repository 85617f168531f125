import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	text,
	timestamp,
	unique,
	date
} from 'drizzle-orm/pg-core';
import type { LocalizedText } from '#lib/words/words.ts';
import { people } from '../people/tables.ts';
import type { ItemState, PollOutcome, SourceKind } from './words.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

/** Something watched: a feed, or a person who tells us (`manual`). */
export const sources = pgTable(
	'sources',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		/** Key of a source of the starter pack. */
		key: text().unique('sources_key'),
		name: text().notNull(),
		kind: text().$type<SourceKind>().notNull(),
		/** 1 official, 2 professional, 3 press or vendor, 4 practice. Who set it: source_tiers. */
		tier: integer().notNull(),
		url: text(),
		homepage: text(),
		languages: jsonb().$type<string[]>().notNull().default([]),
		note: jsonb().$type<LocalizedText>().notNull().default({}),
		enabled: boolean().notNull().default(false),
		pollMinutes: integer('poll_minutes').notNull().default(60),
		etag: text(),
		lastModified: text('last_modified'),
		lastHash: text('last_hash'),
		lastPolledAt: at('last_polled_at'),
		lastReadAt: at('last_read_at'),
		/** Message key and arguments of the last trouble; null while all is well. */
		lastError: jsonb('last_error').$type<{ key: string; detail?: string } | null>(),
		failures: integer().notNull().default(0),
		nextPollAt: at('next_poll_at'),
		createdAt: at('created_at').notNull().defaultNow(),
		version: integer().notNull().default(1)
	},
	(table) => [
		check('sources_tier', sql`${table.tier} between 1 and 4`),
		check('sources_feed_url', sql`${table.kind} <> 'feed' or ${table.url} is not null`),
		index('sources_due')
			.on(table.nextPollAt)
			.where(sql`${table.enabled}`)
	]
);

/** Who said which tier a source has: a person who did may not promote a claim that rests on it. */
export const sourceTiers = pgTable('source_tiers', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	source: integer('source_id')
		.notNull()
		.references(() => sources.id, { onDelete: 'cascade' }),
	tier: integer().notNull(),
	person: integer().references(() => people.id),
	at: at('at').notNull().defaultNow()
});

/** The raw bytes fetched once; they lie in storage under their hash. */
export const captures = pgTable(
	'captures',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		source: integer('source_id')
			.notNull()
			.references(() => sources.id),
		url: text(),
		sha256: text().notNull(),
		size: integer().notNull(),
		contentType: text('content_type'),
		fetchedAt: at('fetched_at').notNull().defaultNow()
	},
	(table) => [index('captures_source').on(table.source, table.id)]
);

/** One thing read in a source, in the inbox. */
export const items = pgTable(
	'items',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		source: integer('source_id')
			.notNull()
			.references(() => sources.id),
		/** What makes it the same item at the next poll. */
		identity: text().notNull(),
		title: text().notNull(),
		/** True when the source gave none and ours was made from its text or address. */
		titleMade: boolean('title_made').notNull().default(false),
		link: text(),
		/** Null: the source gave no date. Never replaced by today. */
		publishedAt: at('published_at'),
		language: text(),
		state: text().$type<ItemState>().notNull().default('new'),
		reason: text(),
		until: date({ mode: 'string' }),
		decidedBy: integer('decided_by').references(() => people.id),
		decidedAt: at('decided_at'),
		/** The change it is linked to. */
		change: integer('change_id'),
		firstSeenAt: at('first_seen_at').notNull().defaultNow(),
		version: integer().notNull().default(1)
	},
	(table) => [
		unique('items_identity').on(table.source, table.identity),
		index('items_inbox').on(table.state, table.id),
		check('items_dismissed', sql`${table.state} <> 'dismissed' or ${table.reason} is not null`),
		check('items_deferred', sql`${table.state} <> 'deferred' or ${table.until} is not null`),
		check('items_linked', sql`${table.state} <> 'linked' or ${table.change} is not null`)
	]
);

/** The cleaned text made from a capture by an extractor version: quotes are looked for in it. Immutable. */
export const extracts = pgTable(
	'extracts',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		capture: integer('capture_id')
			.notNull()
			.references(() => captures.id),
		item: integer('item_id').references(() => items.id),
		extractor: text().notNull(),
		text: text().notNull(),
		hash: text().notNull(),
		at: at('at').notNull().defaultNow()
	},
	(table) => [index('extracts_item').on(table.item, table.id), index('extracts_capture').on(table.capture)]
);

/** One poll of a source, and what came of it. */
export const polls = pgTable(
	'polls',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		source: integer('source_id')
			.notNull()
			.references(() => sources.id),
		startedAt: at('started_at').notNull().defaultNow(),
		finishedAt: at('finished_at'),
		outcome: text().$type<PollOutcome>(),
		status: integer(),
		newItems: integer('new_items').notNull().default(0),
		error: jsonb().$type<{ key: string; detail?: string } | null>(),
		person: integer().references(() => people.id)
	},
	(table) => [index('polls_source').on(table.source, table.id)]
);
