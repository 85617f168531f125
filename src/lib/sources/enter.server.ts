import { and, eq } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { once } from './fetch-news.server.ts';
import type { Entry } from './forms.ts';
import { readingOfText } from './readings.server.ts';
import { addItems } from './settle.server.ts';
import { insertSource } from './sources.server.ts';
import { captures, items, sources } from './tables.ts';

const MAX_BYTES = 2 * 1024 * 1024;

/** The middle of the day in UTC is that very day wherever our business is done. */
const NOON = 'T12:00:00Z';

/**
 * A text that a person brings: kept like a fetched one, so that it can be quoted. @returns the item's id
 * @throws Refusal 403, 404 no such source, 409 the source has this address or these very words already
 */
export async function enterItem(
	db: Db,
	person: Person,
	entry: Entry,
	deps: { storage: Pick<Storage, 'write'>; now(): Date }
): Promise<number> {
	const why = whyNot(person, 'item.decide');
	if (why) throw new Refusal(why, { status: 403 });
	const publishedAt = entry.published ? new Date(`${entry.published}${NOON}`) : null;
	const reading = readingOfText({ title: entry.title, text: entry.text, link: entry.link, publishedAt });
	const stored = await deps.storage.write(once(Buffer.from(reading.text)), { maxBytes: MAX_BYTES });
	const now = deps.now();
	return transact(db, async (tx) => {
		const source =
			entry.source === null ? await nameSource(tx, person, entry) : await known(tx, entry.source);
		const [capture] = await tx
			.insert(captures)
			.values({
				...{ source: source.id, url: entry.link, fetchedAt: now },
				...{ sha256: stored.sha256, size: stored.size, contentType: 'text/plain; charset=utf-8' }
			})
			.returning({ id: captures.id });
		const added = await addItems(tx, { source: source.id, capture: capture!.id, readings: [reading], now });
		if (added === 0) throw new Refusal('inbox.refusal.known', { args: { source: source.name } });
		const [item] = await tx
			.select({ id: items.id })
			.from(items)
			.where(and(eq(items.source, source.id), eq(items.identity, reading.identity)));
		const data = { title: reading.title, source: source.name };
		const deed = { person: person.id, deed: 'item.entered', subject: 'item', data } as const;
		await record(tx, { ...deed, subjectId: item!.id });
		return item!.id;
	});
}

async function known(tx: Db, id: number): Promise<{ id: number; name: string }> {
	const [source] = await tx
		.select({ id: sources.id, name: sources.name })
		.from(sources)
		.where(eq(sources.id, id));
	if (!source) throw notFound('noun.source');
	return source;
}

function nameSource(
	tx: Db,
	person: Person,
	{ newSource, tier }: Entry
): Promise<{ id: number; name: string }> {
	return insertSource(tx, person, { name: newSource!, kind: 'manual', tier: tier!, enabled: true });
}
