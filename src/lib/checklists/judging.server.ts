import { getTableColumns, inArray, lt, sql } from 'drizzle-orm';
import { judgeOrder } from '../orders/judge.ts';
import { loadOrders, type LoadedOrder, type Which } from '../orders/facts.server.ts';
import type { ItemFacts, Judgement } from '../orders/judgement.ts';
import { orderJudgements, orders } from '../orders/tables.ts';
import type { Place, Rule } from '../rules/rule.ts';
import { ruleVersions } from '../rules/tables.ts';
import { currentVersion, placesByKey, theMeasure } from '../rules/versions.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { loadItems } from './facts.server.ts';

export interface Judged {
	order: LoadedOrder;
	items: ItemFacts[];
	judgement: Judgement;
	version: number | null;
}

/** What a judgement needs besides the orders: loaded once for any number of them. */
export interface Bench {
	places: Map<string, Place>;
	/** The rule of a version id; null: no version is in use. */
	ruleOf(order: { pinnedVersion: number | null }): { version: number | null; rule: Rule | null };
}

/** The newest version in use, and those that orders are pinned to. */
export async function bench(db: Db, pinned: readonly (number | null)[]): Promise<Bench> {
	const measure = await theMeasure(db);
	const newest = measure ? await currentVersion(db, measure.id) : null;
	const ids = [...new Set(pinned.filter((id) => id !== null))];
	const rows = ids.length ? await db.select().from(ruleVersions).where(inArray(ruleVersions.id, ids)) : [];
	const rules = new Map(rows.map((row) => [row.id, row.rule]));
	const places = await placesByKey(db);
	return {
		places,
		ruleOf({ pinnedVersion }) {
			const version = pinnedVersion ?? newest?.id ?? null;
			const rule = pinnedVersion ? rules.get(pinnedVersion) : newest?.rule;
			return { version, rule: rule ?? null };
		}
	};
}

/** Judges orders on a day from their facts, writing nothing: pages and API with `?on=`. */
export async function judgedOn(db: Db, which: Which, on: PlainDate): Promise<Judged[]> {
	const loaded = await loadOrders(db, which);
	const items = await loadItems(db, which);
	const { places, ruleOf } = await bench(
		db,
		loaded.map((order) => order.pinnedVersion)
	);
	return loaded.map((order) => {
		const { version, rule } = ruleOf(order);
		const own = items.get(order.id) ?? [];
		return { order, items: own, version, judgement: judgeOrder(rule, order, own, places, on) };
	});
}

/** Judges orders again and keeps the result for lists and figures. Call it in the transaction of the deed. */
export async function judge(tx: Db, which: Which, on: PlainDate): Promise<Judged[]> {
	const all = await judgedOn(tx, which, on);
	for (let start = 0; start < all.length; start += 500) {
		await keep(tx, all.slice(start, start + 500));
	}
	return all;
}

/** Judges again the orders whose kept judgement no longer holds on the day. Answers how many there were. */
export async function judgeExpired(db: Db, on: PlainDate): Promise<number> {
	return db.transaction(async (tx) => {
		const due = await tx
			.select({ id: orderJudgements.order })
			.from(orderJudgements)
			.innerJoin(orders, sql`${orders.id} = ${orderJudgements.order} and ${orders.closedAt} is null`)
			.where(lt(orderJudgements.holdsUntil, on));
		await judge(
			tx,
			due.map((row) => row.id),
			on
		);
		return due.length;
	});
}

/** A judgement as lists and management figures keep it. */
export function keptRow({ order, judgement, version }: Judged): typeof orderJudgements.$inferInsert {
	return {
		order: order.id,
		version,
		judgedOn: judgement.on,
		holdsUntil: judgement.holdsUntil,
		readiness: judgement.readiness,
		applicability: judgement.applicability,
		mandatoryTotal: judgement.mandatoryTotal,
		mandatoryHolding: judgement.mandatoryHolding,
		payer: judgement.payer,
		preparedLow: judgement.exposure.prepared.low,
		preparedHigh: judgement.exposure.prepared.high,
		mayNotApplyLow: judgement.exposure.may_not_apply.low,
		mayNotApplyHigh: judgement.exposure.may_not_apply.high,
		missingLow: judgement.exposure.missing.low,
		missingHigh: judgement.exposure.missing.high,
		openLow: judgement.exposure.open.low,
		openHigh: judgement.exposure.open.high,
		summary: judgement.summary
	};
}

async function keep(tx: Db, judged: Judged[]): Promise<void> {
	const values = judged.map(keptRow);
	if (!values.length) return;
	const { order: _key, ...columns } = getTableColumns(orderJudgements);
	const set = Object.fromEntries(
		Object.entries(columns).map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)])
	);
	await tx.insert(orderJudgements).values(values).onConflictDoUpdate({ target: orderJudgements.order, set });
}
