import { eq, sql } from 'drizzle-orm';
import { changes, measures } from '#lib/changes/tables.ts';
import type { Stance } from '#lib/changes/words.ts';
import { people } from '#lib/people/tables.ts';
import { items } from '#lib/sources/tables.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { businessDay, daysBetween, type PlainDate } from '#lib/time.ts';

export interface Reality {
	stance: Stance;
	stanceReason: string | null;
	reviewOn: PlainDate | null;
	setBy: string | null;
	/** The first day any source speaks of it; null: undated, or nothing is reported. */
	reportedOn: PlainDate | null;
	/** How many claims two people found in an official document. */
	official: number;
	/** Days since anything about the rule was heard: an item linked to it, or a change announced. Null: never. */
	silentDays: number | null;
}

/** Whether it is real: who says so since when, how long nothing new was heard, and what the company does about it. */
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
		.orderBy(measures.id)
		.limit(1);
	if (!measure) return null;
	const { id, ...rest } = measure;
	const newest = await lastHeard(db, id, zone);
	return {
		...rest,
		...(await voices(db, id)),
		silentDays: newest ? Math.max(0, daysBetween(newest, on)) : null
	};
}

async function lastHeard(db: Db, measure: number, zone: string): Promise<PlainDate | undefined> {
	const [heard] = await db
		.select({
			announced: sql<string | null>`max(coalesce(${changes.publishedOn}, ${changes.announcedOn}))::text`,
			linked: sql<string | null>`max(${items.publishedAt})::text`
		})
		.from(changes)
		.leftJoin(items, eq(items.change, changes.id))
		.where(eq(changes.measure, measure));
	const linked = heard?.linked ? businessDay(new Date(heard.linked), zone) : '';
	return [heard?.announced ?? '', linked].sort().at(-1) || undefined;
}

/** Only what stands counts: a claim that was withdrawn or superseded says nothing of today. */
async function voices(db: Db, measure: number): Promise<Pick<Reality, 'reportedOn' | 'official'>> {
	const [row] = rows<Pick<Reality, 'reportedOn' | 'official'>>(
		await db.execute(sql`
		with standing as (
			select id from claims where measure_id = ${measure} and withdrawn_at is null and superseded_by is null
		), promoted as (
			select claim_id from promotions group by claim_id having count(distinct person_id) > 1
		)
		select (select min(as_of)::text from attestations where claim_id in (select id from standing)) as "reportedOn",
			(select count(*)::int from standing where id in (select claim_id from promoted)) as official`)
	);
	return row!;
}

export interface Waiting {
	kind: 'release' | 'review' | 'change' | 'acceptance';
	count: number;
	href: string;
}

/** What waits for a decision of a person, most pressing first. Work that many orders carry waits once. */
export async function decisionsWaiting(db: Db, on: PlainDate): Promise<Waiting[]> {
	const [row] = rows<{ releases: number; reviews: number; inReview: number; prepared: number }>(
		await db.execute(sql`select
			(select count(*) from checklist_items where release_asked_by is not null and state <> 'released'
				and no_longer_asked_at is null)::int as releases,
			(select count(*) from measures where stance_review_on < ${on}::date)::int as reviews,
			(select count(*) from changes where state = 'in_review')::int as "inReview",
			(select count(distinct coalesce(carried_from, id)) from checklist_items
				where state = 'prepared' and no_longer_asked_at is null)::int as prepared`)
	);
	const all: Waiting[] = [
		{ kind: 'release', count: row!.releases, href: '/work?view=all' },
		{ kind: 'review', count: row!.reviews, href: '/rules#stance' },
		{ kind: 'change', count: row!.inReview, href: '/changes?state=in_review' },
		{ kind: 'acceptance', count: row!.prepared, href: '/work?view=waiting' }
	];
	return all.filter(({ count }) => count > 0);
}
