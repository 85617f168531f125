import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { checklistItems } from '#lib/checklists/tables.ts';
import { judgedOn } from '#lib/checklists/judging.server.ts';
import { questions } from '#lib/changes/tables.ts';
import { converted } from '#lib/money.ts';
import { buckets, type Bucket, type Range } from '#lib/orders/judgement.ts';
import { exchangeRates, orders, products } from '#lib/orders/tables.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { daysBetween, mondayOf, type PlainDate } from '#lib/time.ts';
import { overviewOf, type Overview, type Rate, type Tally } from './overview.ts';

/** What management reads on a day. Today's comes from kept judgements in one grouped query, another day's is judged. */
export async function readOverview(db: Db, on: PlainDate, today: PlainDate): Promise<Overview> {
	const tallies = on === today ? await keptTallies(db) : await judgedTallies(db, on);
	const rates = await latestRates(db, on);
	return overviewOf(tallies, rates, reportCurrency(tallies, rates));
}

/** Figures are shown in the currency that rates convert to; without rates in the one most orders use. */
function reportCurrency(tallies: readonly Tally[], rates: readonly Rate[]): string {
	if (rates[0]) return rates[0].to;
	const counts = new Map<string, number>();
	for (const { currency, orders } of tallies) counts.set(currency, (counts.get(currency) ?? 0) + orders);
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'USD';
}

async function keptTallies(db: Db): Promise<Tally[]> {
	const found = rows<Record<string, string | number | null>>(
		await db.execute(sql`
		select o.place_key as place, date_trunc('week', coalesce(o.declaration_on, o.eta))::date::text as week,
			j.payer, o.currency, j.readiness, count(*)::int as orders, sum(l.fob)::float8 as value,
			${sql.join(
				buckets.flatMap((bucket) =>
					['low', 'high'].map((end) => sql.raw(`sum(j.${bucket}_${end})::float8 as ${bucket}_${end}`))
				),
				sql`, `
			)}
		from orders o
		join order_judgements j on j.order_id = o.id
		join (select order_id, sum(fob_minor) as fob from order_lines group by order_id) l on l.order_id = o.id
		where o.closed_at is null
		group by 1, 2, 3, 4, 5`)
	);
	return found.map((row) => ({
		...(row as unknown as Omit<Tally, 'exposure'>),
		exposure: exposureFrom((bucket, end) => Number(row[`${bucket}_${end}`]))
	}));
}

function exposureFrom(of: (bucket: Bucket, end: 'low' | 'high') => number): Record<Bucket, Range> {
	return Object.fromEntries(
		buckets.map((bucket) => [bucket, { low: of(bucket, 'low'), high: of(bucket, 'high') }])
	) as Record<Bucket, Range>;
}

async function judgedTallies(db: Db, on: PlainDate): Promise<Tally[]> {
	const judged = await judgedOn(db, 'open', on);
	return judged.map(({ order, judgement }) => {
		const arrival = order.declarationOn ?? order.eta;
		return {
			place: order.place.key,
			week: arrival && mondayOf(arrival),
			payer: judgement.payer,
			currency: order.currency,
			readiness: judgement.readiness,
			orders: 1,
			value: order.lines.reduce((sum, line) => sum + line.fobMinor, 0),
			exposure: judgement.exposure
		};
	});
}

/** The newest rate of each pair that is not later than the day. */
async function latestRates(db: Db, on: PlainDate): Promise<Rate[]> {
	return db
		.selectDistinctOn([exchangeRates.from, exchangeRates.to], {
			from: exchangeRates.from,
			to: exchangeRates.to,
			rate: exchangeRates.rate,
			on: exchangeRates.on,
			source: exchangeRates.source
		})
		.from(exchangeRates)
		.where(sql`${exchangeRates.on} <= ${on}::date`)
		.orderBy(exchangeRates.from, exchangeRates.to, desc(exchangeRates.on));
}

export interface LateTeam {
	team: string;
	items: number;
	orders: number;
	/** Days since the oldest was due. */
	oldest: number;
}

/** Mandatory work that is past due, by team, most first. */
export async function lateByTeam(db: Db, on: PlainDate): Promise<LateTeam[]> {
	const found = await db
		.select({
			team: checklistItems.team,
			items: sql<number>`count(*)::int`,
			orders: sql<number>`count(distinct ${checklistItems.order})::int`,
			due: sql<string>`min(${checklistItems.dueOn})::text`
		})
		.from(checklistItems)
		.innerJoin(orders, and(eq(orders.id, checklistItems.order), isNull(orders.closedAt)))
		.where(
			and(
				eq(checklistItems.mandatory, true),
				isNull(checklistItems.noLongerAskedAt),
				sql`${checklistItems.state} in ('open', 'returned', 'prepared')`,
				sql`${checklistItems.dueOn} < ${on}::date`
			)
		)
		.groupBy(checklistItems.team)
		.orderBy(sql`count(*) desc`);
	return found.map(({ due, ...row }) => ({ ...row, oldest: daysBetween(due, on) }));
}

export interface UsefulNext {
	condition: string;
	sku: string;
	orders: number;
	/** Money of the lines that rest on it, upper bound, in minor units of the overview's currency. */
	high: number;
}

/**
 * Which material of which product, once accepted, would serve most money: open orders' lines that still lack it. Lines
 * in a currency without a rate are left out, as in every other figure of the overview.
 */
export async function mostUsefulNext(
	db: Db,
	{ currency, rates }: Pick<Overview, 'currency' | 'rates'>,
	limit: number
): Promise<UsefulNext[]> {
	const found = rows<UsefulNext & { currency: string }>(
		await db.execute(sql`
		with live as materialized (
			select id, currency, coalesce(declaration_on, eta) as arrives from orders where closed_at is null
		), line as materialized (
			select j.order_id, each.product, sum(each.high) as high
			from order_judgements j
			cross join lateral jsonb_to_recordset(j.summary->'lines') as each(product int, bucket text, high float8)
			where each.bucket in ('missing', 'open', 'may_not_apply')
			group by 1, 2
		), lacking as materialized (
			select distinct item.order_id, item.product_id, item.condition
			from checklist_items item join live on live.id = item.order_id
			where item.condition is not null and item.mandatory and item.no_longer_asked_at is null
				and (item.state <> 'accepted' or item.stale or item.valid_until < live.arrives)
		)
		select lacking.condition, p.sku, live.currency, count(*)::int as orders, sum(line.high) as high
		from lacking
		join line on line.order_id = lacking.order_id and line.product = lacking.product_id
		join live on live.id = lacking.order_id
		join ${products} p on p.id = lacking.product_id
		group by 1, 2, 3`)
	);
	const merged = new Map<string, UsefulNext>();
	for (const { condition, sku, ...row } of found) {
		const rate = rates.find(({ from }) => from === row.currency);
		if (row.currency !== currency && !rate) continue;
		const high = rate ? converted(row.high, rate.from, rate.to, rate.rate) : row.high;
		const sum = merged.get(`${condition} ${sku}`) ?? { condition, sku, orders: 0, high: 0 };
		merged.set(`${condition} ${sku}`, { ...sum, orders: sum.orders + row.orders, high: sum.high + high });
	}
	return [...merged.values()].sort((a, b) => b.high - a.high).slice(0, limit);
}

export interface Hanging {
	question: string;
	text: LocalizedText;
	/** What we act on meanwhile. */
	assumption: LocalizedText;
	orders: number;
}

/** Open questions on which it hangs whether orders are in scope, with how many orders. */
export async function hangingOn(db: Db): Promise<Hanging[]> {
	return rows(
		await db.execute(sql`
		select q.key as question, q.text, q.assumption, hanging.orders
		from (
			select key, count(*)::int as orders
			from order_judgements j
			join orders o on o.id = j.order_id and o.closed_at is null
			cross join lateral jsonb_array_elements_text(j.summary->'hangsOn') key
			group by key
		) hanging
		join ${questions} q on q.key = hanging.key and q.state = 'open'
		order by hanging.orders desc, q.key`)
	);
}
