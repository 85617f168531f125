import { asc, eq, inArray } from 'drizzle-orm';
import { history, type ActivityRow } from '#lib/activity/activity.server.ts';
import { orders, products } from '#lib/orders/tables.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Known, Subject } from './record-link.ts';

export interface ActivityFilters {
	/** Id of a person; null: anybody. */
	person: number | null;
	subject: Subject | null;
	/** Number of an order; '' means any. */
	order: string;
	/** Keyset: deeds with a smaller id. */
	before: number | null;
}

export interface ActivityPage {
	rows: ActivityRow[];
	/** The `before` of the next page, or null on the last. */
	next: number | null;
	known: Pick<Known, 'orders' | 'products'>;
}

/** A page of all deeds, newest first, with the names that links to their records need. Five queries at most. */
export async function activityPage(db: Db, filters: ActivityFilters, limit: number): Promise<ActivityPage> {
	const order = filters.order ? await orderCalled(db, filters.order) : undefined;
	if (order === null) return { rows: [], next: null, known: { orders: new Map(), products: new Map() } };
	const found = await history(db, {
		...(filters.person && { person: filters.person }),
		...(filters.subject && { subject: filters.subject }),
		...(filters.before && { before: filters.before }),
		...(order && { order }),
		limit: limit + 1
	});
	const rows = found.slice(0, limit);
	return { rows, next: found.length > limit ? rows.at(-1)!.id : null, known: await namesOf(db, rows) };
}

async function orderCalled(db: Db, number: string): Promise<number | null> {
	const [row] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
	return row?.id ?? null;
}

async function namesOf(db: Db, rows: readonly ActivityRow[]): Promise<ActivityPage['known']> {
	const of = (subject: Subject) => rows.flatMap((row) => (row.subject === subject ? row.subjectId : []));
	const orderIds = [...new Set([...of('order'), ...rows.flatMap((row) => row.order ?? [])])];
	const numbers = await db
		.select({ id: orders.id, number: orders.number })
		.from(orders)
		.where(inArray(orders.id, orderIds));
	const skus = await db
		.select({ id: products.id, sku: products.sku })
		.from(products)
		.where(inArray(products.id, [...new Set(of('product'))]));
	return {
		orders: new Map(numbers.map(({ id, number }) => [id, number])),
		products: new Map(skus.map(({ id, sku }) => [id, sku]))
	};
}

/** Everybody who may have done something, those who left too. */
export async function everybody(db: Db): Promise<{ id: number; name: string }[]> {
	return db.select({ id: people.id, name: people.name }).from(people).orderBy(asc(people.name));
}
