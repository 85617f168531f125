import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { buckets, type Bucket, type Range } from './judgement.ts';
import { orderJudgements, orders } from './tables.ts';
import { places } from '../rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { LocalizedText } from '#lib/words/words.ts';

/** Figures over all open orders, as kept. */
export interface OrderTotals {
	open: number;
	/** Orders that are asked for anything: the denominator of readiness. */
	asked: number;
	ready: number;
	money: { currency: string; exposure: Record<Bucket, Range> }[];
	/** Places that open orders enter at, by their names. */
	places: { key: string; names: LocalizedText }[];
}

/** One grouped query over the kept judgements. */
export async function orderTotals(db: Db): Promise<OrderTotals> {
	const sum = (column: PgColumn) => sql<number>`coalesce(sum(${column}), 0)::float8`;
	const groups = await db
		.select({
			place: orders.place,
			names: places.names,
			currency: orders.currency,
			readiness: orderJudgements.readiness,
			orders: sql<number>`count(*)::int`,
			prepared_low: sum(orderJudgements.preparedLow),
			prepared_high: sum(orderJudgements.preparedHigh),
			may_not_apply_low: sum(orderJudgements.mayNotApplyLow),
			may_not_apply_high: sum(orderJudgements.mayNotApplyHigh),
			missing_low: sum(orderJudgements.missingLow),
			missing_high: sum(orderJudgements.missingHigh),
			open_low: sum(orderJudgements.openLow),
			open_high: sum(orderJudgements.openHigh)
		})
		.from(orderJudgements)
		.innerJoin(orders, and(eq(orders.id, orderJudgements.order), isNull(orders.closedAt)))
		.innerJoin(places, eq(places.key, orders.place))
		.groupBy(orders.place, places.names, orders.currency, orderJudgements.readiness)
		.orderBy(asc(orders.currency), asc(orders.place));
	const totals: OrderTotals = { open: 0, asked: 0, ready: 0, money: [], places: [] };
	for (const group of groups) {
		totals.open += group.orders;
		if (group.readiness !== 'not_asked') totals.asked += group.orders;
		if (group.readiness === 'ready') totals.ready += group.orders;
		if (!totals.places.some(({ key }) => key === group.place))
			totals.places.push({ key: group.place, names: group.names });
		let money = totals.money.find(({ currency }) => currency === group.currency);
		if (!money) totals.money.push((money = { currency: group.currency, exposure: nothing() }));
		for (const bucket of buckets) {
			money.exposure[bucket].low += group[`${bucket}_low`];
			money.exposure[bucket].high += group[`${bucket}_high`];
		}
	}
	return totals;
}

function nothing(): Record<Bucket, Range> {
	return Object.fromEntries(buckets.map((bucket) => [bucket, { low: 0, high: 0 }])) as Record<Bucket, Range>;
}
