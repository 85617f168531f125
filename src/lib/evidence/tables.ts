import { sql } from 'drizzle-orm';
import {
	bigint,
	check,
	date,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique
} from 'drizzle-orm/pg-core';
import { importers, orders, products } from '../orders/tables.ts';
import { people } from '../people/tables.ts';
import { places } from '../rules/tables.ts';
import type { EvidenceCovers, EvidenceType } from './types.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });
const day = (name: string) => date(name, { mode: 'string' });

/** Proof of a type; it covers products, an importer at a place, or one order. */
export const evidence = pgTable(
	'evidence',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		type: text().$type<EvidenceType>().notNull(),
		title: text().notNull(),
		covers: text().$type<EvidenceCovers>().notNull(),
		importer: integer('importer_id').references(() => importers.id),
		place: text('place_key').references(() => places.key),
		order: integer('order_id').references(() => orders.id),
		createdBy: integer('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: at('created_at').notNull().defaultNow(),
		version: integer().notNull().default(1)
	},
	(table) => [
		check(
			'evidence_covers',
			sql`(${table.covers} = 'product' and ${table.order} is null and ${table.importer} is null)
				or (${table.covers} = 'importer_place' and ${table.importer} is not null and ${table.place} is not null)
				or (${table.covers} = 'order' and ${table.order} is not null)`
		),
		index('evidence_importer').on(table.importer, table.place),
		index('evidence_order').on(table.order)
	]
);

/** The products a piece of evidence covers. */
export const evidenceProducts = pgTable(
	'evidence_products',
	{
		evidence: integer('evidence_id')
			.notNull()
			.references(() => evidence.id),
		product: integer('product_id')
			.notNull()
			.references(() => products.id)
	},
	(table) => [
		primaryKey({ columns: [table.evidence, table.product] }),
		index('evidence_products_product').on(table.product)
	]
);

/** One state of a piece of evidence: a file, a link or a note, with its dates. Immutable: a correction is a new one. */
export const evidenceRevisions = pgTable(
	'evidence_revisions',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		evidence: integer('evidence_id')
			.notNull()
			.references(() => evidence.id),
		number: integer().notNull(),
		/** The file, by the hash of its bytes in storage. */
		sha256: text(),
		fileName: text('file_name'),
		mediaType: text('media_type'),
		size: bigint({ mode: 'number' }),
		url: text(),
		note: text(),
		/** The day the evidence itself bears; never later than the day it was added. */
		evidenceOn: day('evidence_on').notNull(),
		validFrom: day('valid_from'),
		validUntil: day('valid_until'),
		/** Declared values: statement number, body, models, footprint value ... */
		declared: jsonb().$type<Record<string, unknown>>().notNull().default({}),
		person: integer('person_id')
			.notNull()
			.references(() => people.id),
		at: at('at').notNull().defaultNow()
	},
	(table) => [
		unique('evidence_revisions_number').on(table.evidence, table.number),
		check(
			'evidence_revisions_proof',
			sql`${table.sha256} is not null or ${table.url} is not null or ${table.note} is not null`
		),
		check(
			'evidence_revisions_validity',
			sql`${table.validFrom} is null or ${table.validUntil} is null or ${table.validFrom} <= ${table.validUntil}`
		)
	]
);
