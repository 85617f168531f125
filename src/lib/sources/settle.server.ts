import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { notFound } from '#lib/refusal.ts';
import type { News } from './fetch-news.server.ts';
import { match, type Held, type Matched, type Reading } from './matching.ts';
import { nextPollAt } from './next-poll.ts';
import { EXTRACTOR } from './readable-text.ts';
import { captures, extracts, items, polls, sources } from './tables.ts';
import type { Claimed, PollRow, SourceRow, WatchDeps } from './watch.server.ts';

const GONE = 410;

/** Records what a poll came to: capture, items, the source's health, the run itself and its deed, or none of them. */
export async function settle(deps: WatchDeps, claimed: Claimed, news: News): Promise<PollRow> {
	const now = deps.now();
	const jitter = deps.jitter?.() ?? Math.random();
	return transact(deps.db, async (tx) => {
		const [source] = await tx.select().from(sources).where(eq(sources.id, claimed.source.id)).for('update');
		if (!source) throw notFound('noun.source');
		const newItems = news.outcome === 'read' ? await keep(tx, source.id, news, now) : 0;
		const asked = { source, fetchedFrom: claimed.source.url, news };
		await tx
			.update(sources)
			.set({ ...healthAfter(asked, now, jitter), ...validatorsAfter(asked) })
			.where(eq(sources.id, source.id));
		const error = news.outcome === 'failed' ? news.error : null;
		const [poll] = await tx
			.update(polls)
			.set({ finishedAt: now, outcome: news.outcome, status: news.status, newItems, error })
			.where(eq(polls.id, claimed.poll))
			.returning();
		if (claimed.person || newItems > 0) await tell(tx, claimed, news.outcome, newItems);
		return poll!;
	});
}

interface Asked {
	source: SourceRow;
	/** The address at the time of asking: somebody may have changed it since. */
	fetchedFrom: string | null;
	news: News;
}

/** The row's `version` stays: being polled is no edit, and must not turn away whoever is editing. */
function healthAfter({ source, news }: Asked, now: Date, jitter: number): Partial<SourceRow> {
	const plan = { now, minutes: source.pollMinutes, jitter };
	if (news.outcome !== 'failed') {
		const next = nextPollAt({ ...plan, failures: 0 });
		return { lastPolledAt: now, lastReadAt: now, lastError: null, failures: 0, nextPollAt: next };
	}
	const failures = source.failures + 1;
	return {
		lastPolledAt: now,
		lastError: news.error,
		failures,
		nextPollAt: nextPollAt({ ...plan, failures, retryAfter: news.retryAfter }),
		...(news.status === GONE && { enabled: false })
	};
}

function validatorsAfter({ source, fetchedFrom, news }: Asked): Partial<SourceRow> {
	if (news.outcome === 'failed' || source.url !== fetchedFrom) return {};
	if (news.outcome === 'read') return { ...news.validators, lastHash: news.capture.sha256 };
	return news.validators ?? {};
}

/** The bytes and everything read in them. @returns how many items are new */
async function keep(tx: Db, source: number, news: News & { outcome: 'read' }, now: Date): Promise<number> {
	const [capture] = await tx
		.insert(captures)
		.values({ source, ...news.capture, fetchedAt: now })
		.returning({ id: captures.id });
	if (news.readings.length === 0) return 0;
	const matched = match(news.readings, await heldOf(tx, source, news.readings), EXTRACTOR);
	await rename(tx, matched.renamed);
	await revise(tx, matched.edited, capture!.id, now);
	return addItems(tx, { source, capture: capture!.id, readings: matched.fresh, now });
}

/** The items these readings might be, each with its newest extract. */
async function heldOf(tx: Db, source: number, readings: Reading[]): Promise<Held[]> {
	const links = readings.flatMap(({ link }) => link ?? []);
	return tx
		.selectDistinctOn([items.id], {
			id: items.id,
			identity: items.identity,
			title: items.title,
			link: items.link,
			extractor: extracts.extractor,
			hash: extracts.hash
		})
		.from(items)
		.innerJoin(extracts, eq(extracts.item, items.id))
		.where(
			and(
				eq(items.source, source),
				or(
					inArray(
						items.identity,
						readings.map(({ identity }) => identity)
					),
					links.length > 0 ? inArray(items.link, links) : undefined,
					links.length < readings.length ? isNull(items.link) : undefined
				)
			)
		)
		.orderBy(items.id, desc(extracts.id));
}

/** One insert for all of them. @returns how many there are */
export async function addItems(
	tx: Db,
	about: { source: number; capture: number; readings: Reading[]; now: Date }
): Promise<number> {
	if (about.readings.length === 0) return 0;
	const added = await tx
		.insert(items)
		.values(
			about.readings.map(({ identity, title, titleMade, link, publishedAt, language }) => ({
				source: about.source,
				...{ identity, title, titleMade, link, publishedAt, language },
				firstSeenAt: about.now
			}))
		)
		.onConflictDoNothing()
		.returning({ id: items.id, identity: items.identity });
	const ids = new Map(added.map(({ id, identity }) => [identity, id]));
	const told = about.readings.filter(({ identity }) => ids.has(identity));
	await addExtracts(
		tx,
		told.map((reading) => ({ reading, item: ids.get(reading.identity)! })),
		about.capture,
		about.now
	);
	return added.length;
}

async function addExtracts(
	tx: Db,
	read: { reading: Reading; item: number }[],
	capture: number,
	now: Date
): Promise<void> {
	if (read.length === 0) return;
	await tx.insert(extracts).values(
		read.map(({ reading, item }) => ({
			...{ capture, item, extractor: EXTRACTOR, at: now },
			text: reading.text,
			hash: reading.hash
		}))
	);
}

/** An edited item keeps its state and gets one more extract; whoever was deciding on the old words is told. */
async function revise(tx: Db, edited: Matched['edited'], capture: number, now: Date): Promise<void> {
	await addExtracts(
		tx,
		edited.map(({ item, reading }) => ({ reading, item: item.id })),
		capture,
		now
	);
	const changed = edited.filter(({ item, reading }) => item.hash !== reading.hash);
	if (changed.length === 0) return;
	const told = changed.map(({ item, reading: { title, titleMade } }) => ({
		id: item.id,
		title,
		made: titleMade
	}));
	await tx.execute(sql`
		update items set title = told.title, title_made = told.made, version = version + 1
		from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as told(id int, title text, made boolean)
		where items.id = told.id`);
}

async function rename(tx: Db, renamed: Matched['renamed']): Promise<void> {
	if (renamed.length === 0) return;
	const told = renamed.map(({ item, identity }) => ({ id: item.id, identity }));
	await tx.execute(sql`
		update items set identity = told.identity
		from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as told(id int, identity text)
		where items.id = told.id`);
}

async function tell(tx: Db, { person, source }: Claimed, outcome: News['outcome'], newItems: number) {
	await record(tx, {
		person: person?.id ?? null,
		deed: 'source.polled',
		subject: 'source',
		subjectId: source.id,
		data: { name: source.name, outcome, new: newItems }
	});
}
