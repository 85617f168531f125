import { desc, eq, exists, getTableColumns, gte, or, sql } from 'drizzle-orm';
import { people } from '../people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { notFound } from '#lib/refusal.ts';
import { healthOf, type Health } from './health.ts';
import { captures, items, polls, sources, sourceTiers } from './tables.ts';
import type { SourceRow } from './watch.server.ts';

const WEEK_MS = 7 * 86_400_000;

export interface SourceOverview extends SourceRow {
	health: Health;
	/** Items nobody has decided on. */
	newItems: number;
	/** Items first seen in the last seven days. */
	weekItems: number;
	/** Something of it is kept. */
	heard: boolean;
}

/** All sources with their health, those in use first, then by tier and name. */
export async function listSources(db: Db, now: Date): Promise<SourceOverview[]> {
	const kept = db.select({ id: captures.id }).from(captures).where(eq(captures.source, sources.id));
	const all = await db
		.select({ ...getTableColumns(sources), heard: sql<boolean>`${exists(kept)}` })
		.from(sources)
		.orderBy(desc(sources.enabled), sources.tier, sources.name, sources.id);
	const since = new Date(now.getTime() - WEEK_MS);
	const counted = await db
		.select({
			source: items.source,
			newItems: sql<number>`(count(*) filter (where ${items.state} = 'new'))::int`,
			weekItems: sql<number>`(count(*) filter (where ${gte(items.firstSeenAt, since)}))::int`
		})
		.from(items)
		.where(or(eq(items.state, 'new'), gte(items.firstSeenAt, since)))
		.groupBy(items.source);
	const counts = new Map(counted.map((row) => [row.source, row]));
	return all.map((source) => ({
		...source,
		health: healthOf(source, now),
		newItems: counts.get(source.id)?.newItems ?? 0,
		weekItems: counts.get(source.id)?.weekItems ?? 0
	}));
}

/** @throws Refusal 404 */
export async function readSource(db: Db, id: number): Promise<SourceRow> {
	const [source] = await db.select().from(sources).where(eq(sources.id, id));
	if (!source) throw notFound('noun.source');
	return source;
}

/** Who gave it which tier, newest first; `person` null: it came with the product. */
export function tiersOf(db: Db, source: number) {
	return db
		.select({ id: sourceTiers.id, tier: sourceTiers.tier, at: sourceTiers.at, person: people.name })
		.from(sourceTiers)
		.leftJoin(people, eq(people.id, sourceTiers.person))
		.where(eq(sourceTiers.source, source))
		.orderBy(desc(sourceTiers.id));
}

/** The last runs, newest first; `person` null: the schedule. */
export function pollsOf(db: Db, source: number, limit = 20) {
	return db
		.select({
			id: polls.id,
			startedAt: polls.startedAt,
			finishedAt: polls.finishedAt,
			outcome: polls.outcome,
			status: polls.status,
			newItems: polls.newItems,
			error: polls.error,
			person: people.name
		})
		.from(polls)
		.leftJoin(people, eq(people.id, polls.person))
		.where(eq(polls.source, source))
		.orderBy(desc(polls.id))
		.limit(limit);
}

/** What was fetched and kept, newest first. */
export function capturesOf(db: Db, source: number, limit = 20) {
	return db
		.select()
		.from(captures)
		.where(eq(captures.source, source))
		.orderBy(desc(captures.id))
		.limit(limit);
}
