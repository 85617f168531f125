import { asc, eq } from 'drizzle-orm';
import { categories, places, ruleVersions } from '../rules/tables.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { importers, orderLines, orders, products } from './tables.ts';

type Order = typeof orders.$inferSelect;

export interface ReadLine {
	id: number;
	product: number;
	sku: string;
	names: LocalizedText;
	category: string;
	categoryNames: LocalizedText;
	quantity: number;
	fobMinor: number;
	originCountry: string | null;
}

/** An order with the names of what it points at, and its lines in their order. */
export interface ReadOrder extends Omit<Order, 'importer' | 'createdAt'> {
	importer: string;
	placeNames: LocalizedText;
	/** The number of the version it is pinned to. */
	pinned: number | null;
	lines: ReadLine[];
}

/** Two queries. @throws Refusal 404 */
export async function readOrder(db: Db, number: string): Promise<ReadOrder> {
	const [found] = await db
		.select({
			order: orders,
			importer: importers.name,
			placeNames: places.names,
			pinned: ruleVersions.number
		})
		.from(orders)
		.innerJoin(importers, eq(importers.id, orders.importer))
		.innerJoin(places, eq(places.key, orders.place))
		.leftJoin(ruleVersions, eq(ruleVersions.id, orders.pinnedVersion))
		.where(eq(orders.number, number));
	if (!found) throw notFound('noun.order');
	const { createdAt: _created, ...order } = found.order;
	const { importer, placeNames, pinned } = found;
	return { ...order, importer, placeNames, pinned, lines: await linesOf(db, order.id) };
}

async function linesOf(db: Db, order: number): Promise<ReadLine[]> {
	return db
		.select({
			id: orderLines.id,
			product: orderLines.product,
			sku: products.sku,
			names: products.names,
			category: products.category,
			categoryNames: categories.names,
			quantity: orderLines.quantity,
			fobMinor: orderLines.fobMinor,
			originCountry: orderLines.originCountry
		})
		.from(orderLines)
		.innerJoin(products, eq(products.id, orderLines.product))
		.innerJoin(categories, eq(categories.code, products.category))
		.where(eq(orderLines.order, order))
		.orderBy(asc(orderLines.position));
}

/** What the form of an order offers to choose from, and the names that reasons are told with. */
export interface Choices {
	places: { key: string; names: LocalizedText; kind: string }[];
	products: { sku: string; names: LocalizedText }[];
	importers: string[];
}

export async function orderChoices(db: Db): Promise<Choices> {
	return {
		places: await db
			.select({ key: places.key, names: places.names, kind: places.kind })
			.from(places)
			.orderBy(asc(places.key)),
		products: await db
			.select({ sku: products.sku, names: products.names })
			.from(products)
			.orderBy(asc(products.sku))
			.limit(2_000),
		importers: (
			await db.select({ name: importers.name }).from(importers).orderBy(asc(importers.name)).limit(2_000)
		).map(({ name }) => name)
	};
}

/** Names of every place and category by key: what the sentences about applicability need. */
export async function scopeNames(
	db: Db
): Promise<{ places: Map<string, LocalizedText>; categories: Map<string, LocalizedText> }> {
	const named = await db.select({ key: places.key, names: places.names }).from(places);
	const listed = await db.select({ key: categories.code, names: categories.names }).from(categories);
	return {
		places: new Map(named.map(({ key, names }) => [key, names])),
		categories: new Map(listed.map(({ key, names }) => [key, names]))
	};
}
