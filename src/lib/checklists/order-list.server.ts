import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Bucket, Range } from '../orders/judgement.ts';
import { markOf, passes, readMark, type OrderFilters, type OrderRow } from '../orders/list.ts';
import { orderJudgements, orderLines, orders, products } from '../orders/tables.ts';
import type { Person } from '../people/roles.ts';
import { places } from '../rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { addDays, type PlainDate } from '#lib/time.ts';
import { judgedOn, type Judged } from './judging.server.ts';
import { checklistItems } from './tables.ts';

export interface OrderPage {
	rows: OrderRow[];
	/** Where the next page begins, or null on the last. */
	next: string | null;
}

const pageSize = 50;
/** Another day is judged in these portions, and no more of them for one page. */
const portion = 200;
const portions = 5;

/**
 * A page of the list as kept judgements have it: two queries at most, whatever the number of orders. Rows whose kept
 * judgement no longer holds today are judged anew for this answer; keeping that is the nightly job's.
 */
export async function listOrders(
	db: Db,
	person: Person | null,
	filters: OrderFilters,
	days: { on: PlainDate; today: PlainDate },
	limit = pageSize
): Promise<OrderPage> {
	if (days.on !== days.today) return listOn(db, person, filters, days.on, limit);
	const found = await factsOf(db, filters, [...wanted(filters, person), ...judgedAs(filters)], limit + 1);
	const rows = await freshened(db, found.slice(0, limit), days.today);
	return { rows, next: found.length > limit ? markOf(filters.sort, found[limit - 1]!) : null };
}

/**
 * The list as it would stand on another day. Judgements of that day are in no table, so orders are judged portion by
 * portion until the page is full; sorted by arrival, because an order by risk would need all of them.
 */
async function listOn(
	db: Db,
	person: Person | null,
	filters: OrderFilters,
	on: PlainDate,
	limit: number
): Promise<OrderPage> {
	const asked: OrderFilters = { ...filters, sort: filters.sort === 'risk' ? 'arrival' : filters.sort };
	const rows: OrderRow[] = [];
	for (let done = 0; done < portions; done += 1) {
		const found = await factsOf(db, asked, wanted(asked, person), portion);
		const judged = await judgedRows(db, found, on);
		for (const [index, row] of judged.entries()) {
			asked.after = markOf(asked.sort, row);
			if (!passes(row, asked)) continue;
			rows.push(row);
			const more = index < judged.length - 1 || found.length === portion;
			if (rows.length === limit) return { rows, next: more ? asked.after : null };
		}
		if (found.length < portion) return { rows, next: null };
	}
	return { rows, next: asked.after };
}

type Found = OrderRow & { holdsUntil: PlainDate | null };

/** Orders in the order asked for. By arrival those with a date come first, so that the index gives the page. */
async function factsOf(db: Db, filters: OrderFilters, where: SQL[], limit: number): Promise<Found[]> {
	const mark = readMark(filters.sort, filters.after);
	if (filters.sort === 'number') {
		const from = mark && 'number' in mark ? [gt(orders.number, mark.number)] : [];
		return select(db, [...where, ...from], [asc(orders.number)], limit);
	}
	if (filters.sort === 'risk') {
		const from = mark && 'risk' in mark ? [afterRisk(mark.risk)] : [];
		return select(db, [...where, ...from], [asc(orders.currency), desc(riskHigh), asc(orders.id)], limit);
	}
	const at = mark && 'arrival' in mark ? mark : null;
	const dated = [...where, isNotNull(orders.eta)];
	if (at?.arrival) dated.push(sql`(${orders.eta}, ${orders.id}) > (${at.arrival}::date, ${at.id})`);
	const undatedOnly = at !== null && at.arrival === null;
	const first = undatedOnly ? [] : await select(db, dated, [asc(orders.eta), asc(orders.id)], limit);
	if (first.length === limit) return first;
	const undated = [...where, isNull(orders.eta)];
	if (undatedOnly) undated.push(gt(orders.id, at.id));
	return [...first, ...(await select(db, undated, [asc(orders.id)], limit - first.length))];
}

const riskHigh = sql<number>`(coalesce(${orderJudgements.missingHigh}, 0) + coalesce(${orderJudgements.openHigh}, 0)
	+ coalesce(${orderJudgements.mayNotApplyHigh}, 0))`;

/** Amounts of different currencies are not compared: each currency is a group of its own. */
function afterRisk([currency, amount, id]: [string, number, number]): SQL {
	return sql`(${orders.currency} > ${currency} or (${orders.currency} = ${currency}
		and (${riskHigh} < ${amount} or (${riskHigh} = ${amount} and ${orders.id} > ${id}))))`;
}

async function select(db: Db, where: SQL[], order: SQL[], limit: number): Promise<Found[]> {
	const found = await db
		.select({
			id: orders.id,
			number: orders.number,
			buyer: orders.buyer,
			place: places.names,
			eta: orders.eta,
			declarationOn: orders.declarationOn,
			currency: orders.currency,
			judgement: orderJudgements
		})
		.from(orders)
		.innerJoin(places, eq(places.key, orders.place))
		.leftJoin(orderJudgements, eq(orderJudgements.order, orders.id))
		.where(and(...where))
		.orderBy(...order)
		.limit(limit);
	return found.map(({ judgement, ...facts }) => ({
		...facts,
		applicability: judgement?.applicability ?? 'undetermined',
		readiness: judgement?.readiness ?? 'no_date',
		mandatoryTotal: judgement?.mandatoryTotal ?? 0,
		mandatoryHolding: judgement?.mandatoryHolding ?? 0,
		materials: judgement?.summary.materials ?? {},
		exposure: exposureOf(judgement),
		holdsUntil: judgement ? judgement.holdsUntil : '0000-00-00'
	}));
}

function exposureOf(kept: typeof orderJudgements.$inferSelect | null): Record<Bucket, Range> {
	return {
		prepared: { low: kept?.preparedLow ?? 0, high: kept?.preparedHigh ?? 0 },
		may_not_apply: { low: kept?.mayNotApplyLow ?? 0, high: kept?.mayNotApplyHigh ?? 0 },
		missing: { low: kept?.missingLow ?? 0, high: kept?.missingHigh ?? 0 },
		open: { low: kept?.openLow ?? 0, high: kept?.openHigh ?? 0 }
	};
}

/** What the facts of an order say, whatever the day. */
function wanted(filters: OrderFilters, person: Person | null): SQL[] {
	const where: SQL[] = [filters.state === 'open' ? isNull(orders.closedAt) : isNotNull(orders.closedAt)];
	if (filters.place) where.push(eq(orders.place, filters.place));
	if (filters.search) where.push(named(filters.search));
	if (filters.week) where.push(arrives(filters.week));
	if (filters.mine) where.push(waitsFor(person?.teams.map(({ team }) => team) ?? []));
	return where;
}

function judgedAs(filters: OrderFilters): SQL[] {
	const where: SQL[] = [];
	if (filters.readiness) where.push(eq(orderJudgements.readiness, filters.readiness));
	if (filters.applicability) where.push(eq(orderJudgements.applicability, filters.applicability));
	if (filters.bucket) where.push(gt(highOf[filters.bucket], 0));
	return where;
}

const highOf = {
	prepared: orderJudgements.preparedHigh,
	may_not_apply: orderJudgements.mayNotApplyHigh,
	missing: orderJudgements.missingHigh,
	open: orderJudgements.openHigh
} satisfies Record<Bucket, unknown>;

function named(search: string): SQL {
	const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	return or(
		sql`${orders.number} ilike ${like}`,
		sql`${orders.buyer} ilike ${like}`,
		sql`exists (select 1 from ${orderLines} join ${products} on ${products.id} = ${orderLines.product}
			where ${orderLines.order} = ${orders.id} and ${products.sku} ilike ${like})`
	)!;
}

/** By the day of the expected declaration, else the ETA: the week that management figures count it in. */
function arrives(monday: PlainDate): SQL {
	return sql`coalesce(${orders.declarationOn}, ${orders.eta}) between ${monday}::date and ${addDays(monday, 6)}::date`;
}

function waitsFor(teams: string[]): SQL {
	if (!teams.length) return sql`false`;
	return sql`exists (select 1 from ${checklistItems} where ${checklistItems.order} = ${orders.id}
		and ${inArray(checklistItems.team, teams)} and ${checklistItems.noLongerAskedAt} is null
		and (${checklistItems.state} in ('open', 'returned', 'prepared') or ${checklistItems.stale}))`;
}

async function freshened(db: Db, found: Found[], today: PlainDate): Promise<OrderRow[]> {
	const old = found.filter((row) => row.holdsUntil !== null && row.holdsUntil < today);
	const anew = new Map((await judgedRows(db, old, today)).map((row) => [row.id, row]));
	return found.map(({ holdsUntil: _until, ...row }) => anew.get(row.id) ?? row);
}

async function judgedRows(db: Db, found: Found[], on: PlainDate): Promise<OrderRow[]> {
	const ids = found.map((row) => row.id);
	const judged = new Map(ids.length ? (await judgedOn(db, ids, on)).map((one) => [one.order.id, one]) : []);
	return found.map(({ holdsUntil: _until, ...row }) => ({ ...row, ...shown(judged.get(row.id)) }));
}

function shown(judged: Judged | undefined): Partial<OrderRow> {
	if (!judged) return {};
	const { applicability, readiness, mandatoryTotal, mandatoryHolding, summary, exposure } = judged.judgement;
	return {
		applicability,
		readiness,
		mandatoryTotal,
		mandatoryHolding,
		materials: summary.materials,
		exposure
	};
}
