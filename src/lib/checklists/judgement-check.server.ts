import { and, asc, gt, eq, isNull } from 'drizzle-orm';
import { orderJudgements, orders } from '../orders/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { judgedOn, keptRow } from './judging.server.ts';

export interface Difference {
	/** The number of the order. */
	order: string;
	field: string;
	kept: unknown;
	anew: unknown;
}

export interface JudgementCheck {
	/** Open orders looked at. */
	orders: number;
	/** Of those, how many have a judgement that held until a day before `on`: due for the nightly run, not wrong. */
	waiting: number;
	differences: Difference[];
}

/** Orders held in memory at once, with their lines and items. */
const portion = 500;

/**
 * Judges every open order anew on a day and compares with what is kept for lists and figures. Kept judgements change in
 * the transaction of each deed, so a difference is a deed that forgot to. Reads only.
 */
export async function checkJudgements(db: Db, on: PlainDate): Promise<JudgementCheck> {
	const check: JudgementCheck = { orders: 0, waiting: 0, differences: [] };
	for (let after = 0; ;) {
		const found = await keptAfter(db, after);
		if (found.length === 0) return check;
		after = found.at(-1)!.id;
		check.orders += found.length;
		await compare(db, found, on, check);
	}
}

type Kept = { id: number; number: string; kept: typeof orderJudgements.$inferSelect | null };

function keptAfter(db: Db, after: number): Promise<Kept[]> {
	return db
		.select({ id: orders.id, number: orders.number, kept: orderJudgements })
		.from(orders)
		.leftJoin(orderJudgements, eq(orderJudgements.order, orders.id))
		.where(and(isNull(orders.closedAt), gt(orders.id, after)))
		.orderBy(asc(orders.id))
		.limit(portion);
}

async function compare(db: Db, found: Kept[], on: PlainDate, check: JudgementCheck): Promise<void> {
	const judged = await judgedOn(
		db,
		found.map(({ id }) => id),
		on
	);
	const anewById = new Map(judged.map((one) => [one.order.id, keptRow(one)]));
	for (const { id, number, kept } of found) {
		const anew = anewById.get(id)!;
		if (!kept) check.differences.push({ order: number, field: 'judgement', kept, anew: anew.readiness });
		else if (kept.holdsUntil !== null && kept.holdsUntil < on) check.waiting += 1;
		else check.differences.push(...differing(kept, anew).map((field) => ({ order: number, ...field })));
	}
}

/** The day of judging may differ: a judgement holds for all days up to the one it names. */
function differing(
	kept: typeof orderJudgements.$inferSelect,
	anew: typeof orderJudgements.$inferInsert
): Omit<Difference, 'order'>[] {
	const fields = (Object.keys(kept) as (keyof typeof kept)[]).filter((field) => field !== 'judgedOn');
	return fields
		.filter((field) => sorted(kept[field]) !== sorted(anew[field]))
		.map((field) => ({ field, kept: kept[field], anew: anew[field] }));
}

/** As text with sorted keys: the database keeps the keys of an object in an order of its own. */
function sorted(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		inner !== null && typeof inner === 'object' && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner
	);
}
