import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { checklistItems } from '#lib/checklists/tables.ts';
import { judgedOn } from '#lib/checklists/judging.server.ts';
import { changes, measures } from '#lib/changes/tables.ts';
import { converted } from '#lib/money.ts';
import { buckets, type Bucket, type Range } from '#lib/orders/judgement.ts';
import { exchangeRates, orderJudgements, orders, products } from '#lib/orders/tables.ts';
import { people } from '#lib/people/tables.ts';
import { items } from '#lib/sources/tables.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { businessDay, daysBetween, mondayOf, type PlainDate } from '#lib/time.ts';
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
		select i.condition, p.sku, o.currency, count(distinct o.id)::int as orders, sum((line->>'high')::numeric)::float8 as high
		from order_judgements j
		join orders o on o.id = j.order_id and o.closed_at is null
		cross join lateral jsonb_array_elements(j.summary->'lines') line
		join lateral (
			select distinct condition, product_id from checklist_items
			where order_id = o.id and product_id = (line->>'product')::int and condition is not null and mandatory
				and no_longer_asked_at is null
				and (state <> 'accepted' or stale or valid_until < coalesce(o.declaration_on, o.eta))
		) i on true
		join ${products} p on p.id = i.product_id
		where line->>'bucket' in ('missing', 'open', 'may_not_apply')
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

/** Open questions on which it hangs whether orders are in scope, with how many. */
export async function hangingOn(db: Db): Promise<{ question: string; orders: number }[]> {
	return rows(
		await db.execute(sql`
		select question, count(*)::int as orders
		from order_judgements j
		join orders o on o.id = j.order_id and o.closed_at is null
		cross join lateral jsonb_array_elements_text(j.summary->'hangsOn') question
		group by question order by 2 desc, 1`)
	);
}

export interface Reality {
	stance: string;
	stanceReason: string | null;
	reviewOn: PlainDate | null;
	setBy: string | null;
	/** Days since anything about the rule was heard: an item linked to it, or a change announced. Null: never. */
	silentDays: number | null;
}

/** Whether it is real: what the company does about it, and how long nothing new was heard. */
export async function reality(db: Db, on: PlainDate, zone: string): Promise<Reality | null> {
	const [measure] = await db
		.select({
			id: measures.id,
			stance: measures.stance,
			stanceReason: measures.stanceReason,
			reviewOn: measures.stanceReviewOn,
			setBy: people.name
		})
		.from(measures)
		.leftJoin(people, eq(people.id, measures.stanceBy))
		.limit(1);
	if (!measure) return null;
	const [heard] = await db
		.select({
			announced: sql<string | null>`max(coalesce(${changes.publishedOn}, ${changes.announcedOn}))::text`,
			linked: sql<string | null>`max(${items.publishedAt})::text`
		})
		.from(changes)
		.leftJoin(items, eq(items.change, changes.id))
		.where(eq(changes.measure, measure.id));
	const linked = heard?.linked ? businessDay(new Date(heard.linked), zone) : '';
	const newest = [heard?.announced ?? '', linked].sort().at(-1);
	const { id: _id, ...rest } = measure;
	return { ...rest, silentDays: newest ? Math.max(0, daysBetween(newest, on)) : null };
}

export interface Waiting {
	kind: 'release' | 'review' | 'change' | 'acceptance';
	count: number;
	href: string;
}

/** What waits for a decision of a person, most pressing first. */
export async function decisionsWaiting(db: Db, on: PlainDate): Promise<Waiting[]> {
	const [row] = rows<{ releases: number; reviews: number; inReview: number; prepared: number }>(
		await db.execute(sql`select
			(select count(*) from checklist_items where release_asked_by is not null and state <> 'released')::int as releases,
			(select count(*) from measures where stance_review_on < ${on}::date)::int as reviews,
			(select count(*) from changes where state = 'in_review')::int as "inReview",
			(select count(*) from checklist_items where state = 'prepared' and no_longer_asked_at is null)::int as prepared`)
	);
	const all: Waiting[] = [
		{ kind: 'release', count: row!.releases, href: '/work?tab=releases' },
		{ kind: 'review', count: row!.reviews, href: '/rules#stance' },
		{ kind: 'change', count: row!.inReview, href: '/changes?state=in_review' },
		{ kind: 'acceptance', count: row!.prepared, href: '/work?tab=accept' }
	];
	return all.filter(({ count }) => count > 0);
}

/** How many orders the kept judgements cover: none means the page has nothing to add up. */
export async function anyOrders(db: Db): Promise<boolean> {
	return (await db.select({ id: orderJudgements.order }).from(orderJudgements).limit(1)).length > 0;
}
