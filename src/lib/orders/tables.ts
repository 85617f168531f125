import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	index,
	integer,
	jsonb,
	pgTable,
	text,
	timestamp,
	unique
} from 'drizzle-orm/pg-core';
import type { LocalizedText } from '#lib/words/words.ts';
import { people } from '../people/tables.ts';
import { categories, places, ruleVersions } from '../rules/tables.ts';
import type { Incoterm, OrderStage, TransportMode } from './words.ts';
import type { Judgement } from './judgement.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });
const day = (name: string) => date(name, { mode: 'string' });
const minor = (name: string) => bigint(name, { mode: 'number' });

export const products = pgTable('products', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	sku: text().notNull().unique('products_sku'),
	names: jsonb().$type<LocalizedText>().notNull(),
	category: text()
		.notNull()
		.references(() => categories.code),
	/** Recorded by a person: this is no electronic component. */
	notElectronicBy: integer('not_electronic_by').references(() => people.id),
	notElectronicAt: at('not_electronic_at'),
	hsCode: text('hs_code'),
	gtin: text(),
	/** Declared footprint and bill of materials as the exporter keeps them. */
	footprint: jsonb().$type<Record<string, unknown> | null>(),
	materials: jsonb().$type<Record<string, unknown>[]>().notNull().default([]),
	createdAt: at('created_at').notNull().defaultNow(),
	version: integer().notNull().default(1)
});

/** Who files the declaration in the country of import. Replies of one importer at one place serve many orders. */
export const importers = pgTable('importers', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	name: text().notNull().unique('importers_name'),
	version: integer().notNull().default(1)
});

export const orders = pgTable(
	'orders',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		number: text().notNull().unique('orders_number'),
		buyer: text().notNull(),
		importer: integer('importer_id')
			.notNull()
			.references(() => importers.id),
		incoterm: text().$type<Incoterm>().notNull(),
		namedPlace: text('named_place'),
		place: text('place_key')
			.notNull()
			.references(() => places.key),
		loadingPort: text('loading_port'),
		loadingCountry: text('loading_country'),
		exporterCountry: text('exporter_country'),
		mode: text().$type<TransportMode>().notNull().default('sea'),
		stage: text().$type<OrderStage>().notNull().default('quotation'),
		quotedOn: day('quoted_on'),
		confirmedOn: day('confirmed_on'),
		productionOn: day('production_on'),
		etd: day('etd'),
		eta: day('eta'),
		declarationOn: day('declaration_on'),
		currency: text().notNull(),
		freightMinor: minor('freight_minor').notNull().default(0),
		insuranceMinor: minor('insurance_minor').notNull().default(0),
		/** The customer asks for the materials whatever the rule says: a checklist, but no surcharge money. */
		customerAsks: boolean('customer_asks').notNull().default(false),
		pinnedVersion: integer('pinned_version_id').references(() => ruleVersions.id),
		closedAt: at('closed_at'),
		createdAt: at('created_at').notNull().defaultNow(),
		version: integer().notNull().default(1)
	},
	(table) => [
		index('orders_open')
			.on(table.eta, table.id)
			.where(sql`${table.closedAt} is null`),
		check('orders_money', sql`${table.freightMinor} >= 0 and ${table.insuranceMinor} >= 0`)
	]
);

export const orderLines = pgTable(
	'order_lines',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		order: integer('order_id')
			.notNull()
			.references(() => orders.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		product: integer('product_id')
			.notNull()
			.references(() => products.id),
		quantity: integer().notNull(),
		/** FOB value of the line in minor units of the order's currency. */
		fobMinor: minor('fob_minor').notNull(),
		originCountry: text('origin_country')
	},
	(table) => [
		unique('order_lines_position').on(table.order, table.position),
		index('order_lines_product').on(table.product),
		check('order_lines_amounts', sql`${table.quantity} > 0 and ${table.fobMinor} >= 0`)
	]
);

/**
 * The judgement of an order as it stood when something about it last changed, and the day until which it holds.
 * A cache of the pure function for lists and management figures; nobody types it.
 */
export const orderJudgements = pgTable(
	'order_judgements',
	{
		order: integer('order_id')
			.primaryKey()
			.references(() => orders.id, { onDelete: 'cascade' }),
		version: integer('version_id').references(() => ruleVersions.id),
		judgedOn: day('judged_on').notNull(),
		holdsUntil: day('holds_until'),
		readiness: text().$type<Judgement['readiness']>().notNull(),
		applicability: text().$type<Judgement['applicability']>().notNull(),
		mandatoryTotal: integer('mandatory_total').notNull(),
		mandatoryHolding: integer('mandatory_holding').notNull(),
		payer: text().$type<Judgement['payer']>().notNull(),
		preparedLow: minor('prepared_low').notNull(),
		preparedHigh: minor('prepared_high').notNull(),
		mayNotApplyLow: minor('may_not_apply_low').notNull(),
		mayNotApplyHigh: minor('may_not_apply_high').notNull(),
		missingLow: minor('missing_low').notNull(),
		missingHigh: minor('missing_high').notNull(),
		openLow: minor('open_low').notNull(),
		openHigh: minor('open_high').notNull(),
		/** What a list row shows: the state of each material, the blocking keys. */
		summary: jsonb().$type<Judgement['summary']>().notNull()
	},
	(table) => [index('order_judgements_until').on(table.holdsUntil)]
);

/** Exchange rates, dated and with their source; management figures name both. */
export const exchangeRates = pgTable(
	'exchange_rates',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		from: text('from_currency').notNull(),
		to: text('to_currency').notNull(),
		rate: text().notNull(),
		on: day('on_day').notNull(),
		source: text().notNull()
	},
	(table) => [unique('exchange_rates_day').on(table.from, table.to, table.on)]
);
