import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { activity } from '#lib/activity/tables.ts';
import { standings, type ChangeStanding } from '#lib/changes/overview.server.ts';
import { changes } from '#lib/changes/tables.ts';
import { orderJudgements, orders } from '#lib/orders/tables.ts';
import { people } from '#lib/people/tables.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { addDays, type PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';

export interface ShipsWithGap {
	number: string;
	buyer: string;
	etd: PlainDate;
	/** Mandatory items that do not hold. */
	missing: number;
}

const shipsWithinDays = 7;

/** Orders that leave within a week of the day and are not ready, the first to leave first. */
export async function shipsWithGap(db: Db, today: PlainDate, limit = 20): Promise<ShipsWithGap[]> {
	return db
		.select({
			number: orders.number,
			buyer: orders.buyer,
			etd: sql<PlainDate>`${orders.etd}::text`,
			missing: sql<number>`${orderJudgements.mandatoryTotal} - ${orderJudgements.mandatoryHolding}`
		})
		.from(orders)
		.innerJoin(orderJudgements, eq(orderJudgements.order, orders.id))
		.where(
			and(
				isNull(orders.closedAt),
				sql`${orders.etd} between ${today}::date and ${addDays(today, shipsWithinDays)}::date`,
				inArray(orderJudgements.readiness, ['not_ready', 'no_date'])
			)
		)
		.orderBy(asc(orders.etd), asc(orders.id))
		.limit(limit);
}

const newsDeeds = ['change.published', 'change.withdrawn', 'change.submitted', 'stance.set'] as const;

/** Something that moved the rule or what we do about it. */
export interface News {
	id: number;
	at: Date;
	deed: (typeof newsDeeds)[number];
	who: string | null;
	data: Record<string, unknown>;
	/** Null: it was not a change, but our stance. */
	change: { id: number; title: LocalizedText; standing: ChangeStanding } | null;
}

/** The latest news of the rule with how certain each change is, newest first. */
export async function latestNews(db: Db, limit: number): Promise<News[]> {
	const found = await db
		.select({
			id: activity.id,
			at: activity.at,
			deed: activity.deed,
			who: people.name,
			data: activity.data,
			change: changes.id,
			title: changes.title
		})
		.from(activity)
		.leftJoin(people, eq(people.id, activity.person))
		.leftJoin(changes, and(eq(activity.subject, 'change'), eq(changes.id, activity.subjectId)))
		.where(inArray(activity.deed, [...newsDeeds]))
		.orderBy(desc(activity.id))
		.limit(limit);
	const ids = [...new Set(found.flatMap(({ change }) => change ?? []))];
	const standing = await standings(db, ids);
	return found.map(({ change, title, deed, ...row }) => ({
		...row,
		deed: deed as News['deed'],
		change: change === null ? null : { id: change, title: title!, standing: standing.get(change)! }
	}));
}

/** What a workspace needs before it is of use: true where it is done. */
export interface FirstSteps {
	/** The pilot is no longer in review: somebody decided to use it, or not to. */
	pilot: boolean;
	orders: boolean;
	people: boolean;
	sources: boolean;
}

export async function firstSteps(db: Db): Promise<FirstSteps> {
	const [row] = rows<FirstSteps>(
		await db.execute(sql`select
			not exists (select 1 from changes where state = 'in_review') as pilot,
			exists (select 1 from orders) as orders,
			(select count(*) > 1 from people where disabled_at is null) as people,
			exists (select 1 from sources where enabled and kind = 'feed') as sources`)
	);
	return row!;
}
