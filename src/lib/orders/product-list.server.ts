import { asc, eq, gt, ilike, or, and, sql } from 'drizzle-orm';
import { categories } from '../rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import type { Bucket, Range } from './judgement.ts';
import { orderJudgements, orderLines, orders, products } from './tables.ts';
import { places } from '../rules/tables.ts';

export interface ListedProduct {
	id: number;
	sku: string;
	names: LocalizedText;
	categoryNames: LocalizedText;
	notElectronic: boolean;
	/** Open orders that have it. */
	orders: number;
}

/** Products by SKU, a page from a SKU onwards: one query. */
export async function listProducts(
	db: Db,
	{ search, after }: { search: string; after: string },
	limit = 50
): Promise<{ rows: ListedProduct[]; next: string | null }> {
	const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const open = db
		.select({
			product: orderLines.product,
			orders: sql<number>`count(distinct ${orders.id})::int`.as('open_orders')
		})
		.from(orderLines)
		.innerJoin(orders, and(eq(orders.id, orderLines.order), sql`${orders.closedAt} is null`))
		.groupBy(orderLines.product)
		.as('open');
	const found = await db
		.select({
			id: products.id,
			sku: products.sku,
			names: products.names,
			categoryNames: categories.names,
			notElectronic: sql<boolean>`${products.notElectronicAt} is not null`,
			orders: sql<number>`coalesce(${open.orders}, 0)`
		})
		.from(products)
		.innerJoin(categories, eq(categories.code, products.category))
		.leftJoin(open, eq(open.product, products.id))
		.where(
			and(
				after ? gt(products.sku, after) : undefined,
				search ? or(ilike(products.sku, like), sql`${products.names}::text ilike ${like}`) : undefined
			)
		)
		.orderBy(asc(products.sku))
		.limit(limit + 1);
	const rows = found.slice(0, limit);
	return { rows, next: found.length > limit ? rows[limit - 1]!.sku : null };
}

/** An open order that rests on a product, with the money on its lines of that product. */
export interface RestingOrder {
	id: number;
	number: string;
	buyer: string;
	place: LocalizedText;
	eta: PlainDate | null;
	currency: string;
	/** FOB value of its lines of the product, in minor units. */
	fobMinor: number;
	readiness: 'ready' | 'not_ready' | 'not_asked' | 'no_date';
	money: (Range & { bucket: Bucket })[];
}

/** Open orders of a product by arrival: one query. Money as kept, line by line. */
export async function ordersResting(db: Db, product: number, limit = 100): Promise<RestingOrder[]> {
	const found = await db
		.select({
			id: orders.id,
			number: orders.number,
			buyer: orders.buyer,
			place: places.names,
			eta: orders.eta,
			currency: orders.currency,
			fobMinor: sql<number>`sum(${orderLines.fobMinor})::float8`,
			readiness: orderJudgements.readiness,
			summary: orderJudgements.summary
		})
		.from(orders)
		.innerJoin(orderLines, and(eq(orderLines.order, orders.id), eq(orderLines.product, product)))
		.innerJoin(places, eq(places.key, orders.place))
		.innerJoin(orderJudgements, eq(orderJudgements.order, orders.id))
		.where(sql`${orders.closedAt} is null`)
		.groupBy(orders.id, places.names, orderJudgements.order)
		.orderBy(asc(orders.eta), asc(orders.id))
		.limit(limit);
	return found.map(({ summary, ...row }) => ({
		...row,
		money: summary.lines.flatMap(({ product: of, bucket, low, high }) =>
			of === product && bucket !== null ? [{ bucket, low, high }] : []
		)
	}));
}
