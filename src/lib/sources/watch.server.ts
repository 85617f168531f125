import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Jobs } from '#lib/server/jobs/jobs.server.ts';
import type { Outbound } from '#lib/server/outbound/outbound.server.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { fetchNews } from './fetch-news.server.ts';
import { settle } from './settle.server.ts';
import { polls, sources } from './tables.ts';

/** What a poll needs. The network comes before its transaction and never inside it. */
export interface WatchDeps {
	db: Db;
	outbound: Pick<Outbound, 'get'>;
	storage: Pick<Storage, 'write'>;
	now(): Date;
	/** 0 to 1; chance unless given. */
	jitter?(): number;
}

export type PollRow = typeof polls.$inferSelect;
export type SourceRow = typeof sources.$inferSelect;

/** A poll that has not finished after this long was cut short by a kill. */
const CLAIM_MS = 120_000;

/**
 * Asks a source now, whatever its plan. A source that cannot be read is an outcome with its reason, not an error.
 * @param person who asked; null: the schedule
 * @throws Refusal 403 · 404 no such source · 409 not a feed, or another poll of it is running
 */
export async function pollSource(deps: WatchDeps, sourceId: number, person: Person | null): Promise<PollRow> {
	const why = person && whyNot(person, 'source.manage');
	if (why) throw new Refusal(why, { status: 403 });
	const claimed = await claim(deps.db, { sourceId, person, now: deps.now(), onlyIfDue: false });
	if (!claimed) throw new Refusal('sources.refusal.running');
	return carryOut(deps, claimed);
}

/** The scheduled poll: nothing happens when the source was switched off, polled or claimed meanwhile. */
export async function pollIfDue(deps: WatchDeps, sourceId: number): Promise<PollRow | null> {
	const claimed = await claim(deps.db, { sourceId, person: null, now: deps.now(), onlyIfDue: true });
	return claimed && carryOut(deps, claimed);
}

/** Ids of the feeds that are switched on and whose time has come, longest waiting first. */
export async function dueSources(db: Db, now: Date): Promise<number[]> {
	const due = await db
		.select({ id: sources.id })
		.from(sources)
		.where(
			and(
				eq(sources.enabled, true),
				eq(sources.kind, 'feed'),
				or(isNull(sources.nextPollAt), lte(sources.nextPollAt, now))
			)
		)
		.orderBy(sources.nextPollAt, sources.id);
	return due.map(({ id }) => id);
}

/** For the schedule of every minute: one `poll` job `{source}` per due source, none twice. @returns how many were due */
export async function pollDue(deps: { db: Db; jobs: Pick<Jobs, 'enqueue'>; now(): Date }): Promise<number> {
	const due = await dueSources(deps.db, deps.now());
	for (const source of due) await deps.jobs.enqueue('poll', { source }, { singletonKey: `source:${source}` });
	return due.length;
}

export interface Claimed {
	poll: number;
	person: { id: number } | null;
	source: SourceRow;
}

/** Opens the run of a poll, or null if another has it. The lock on the source's row lets only one look at a time. */
async function claim(
	db: Db,
	about: { sourceId: number; person: { id: number } | null; now: Date; onlyIfDue: boolean }
): Promise<Claimed | null> {
	const { sourceId, person, now } = about;
	return transact(db, async (tx) => {
		const [source] = await tx.select().from(sources).where(eq(sources.id, sourceId)).for('update');
		if (!source && about.onlyIfDue) return null;
		if (!source) throw notFound('noun.source');
		if (about.onlyIfDue && !isDue(source, now)) return null;
		if (source.kind !== 'feed') throw new Refusal('sources.refusal.not_a_feed');
		const [running] = await tx
			.select({ id: polls.id })
			.from(polls)
			.where(and(isUnfinished(sourceId), gt(polls.startedAt, new Date(now.getTime() - CLAIM_MS))));
		if (running) return null;
		await tx
			.update(polls)
			.set({ finishedAt: now, outcome: 'failed', error: { key: 'sources.error.cut_short' } })
			.where(isUnfinished(sourceId));
		const [poll] = await tx
			.insert(polls)
			.values({ source: sourceId, startedAt: now, person: person?.id ?? null })
			.returning({ id: polls.id });
		return { poll: poll!.id, person, source };
	});
}

function isUnfinished(source: number) {
	return and(eq(polls.source, source), isNull(polls.finishedAt));
}

function isDue(source: SourceRow, now: Date): boolean {
	return source.enabled && source.kind === 'feed' && (source.nextPollAt === null || source.nextPollAt <= now);
}

async function carryOut(deps: WatchDeps, claimed: Claimed): Promise<PollRow> {
	try {
		const news = await fetchNews(deps, claimed.source);
		return await settle(deps, claimed, news);
	} catch (error) {
		// A fault of ours: the run is closed so that it can be seen and tried again, and the fault still reaches the log.
		await settle(deps, claimed, { outcome: 'failed', status: null, error: { key: 'sources.error.ours' } });
		throw error;
	}
}
