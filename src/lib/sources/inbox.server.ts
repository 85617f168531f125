import { and, desc, eq, ilike, lt, or, sql, type SQL } from 'drizzle-orm';
import { people } from '../people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { notFound } from '#lib/refusal.ts';
import { extracts, items, sources } from './tables.ts';
import { itemStates, type ItemState } from './words.ts';

export interface InboxQuery {
	state?: ItemState | undefined;
	source?: number | undefined;
	/** Looked for in titles and texts. */
	search?: string | undefined;
	/** Keyset: items with a smaller id. */
	before?: number | undefined;
	limit: number;
}

const row = {
	id: items.id,
	title: items.title,
	titleMade: items.titleMade,
	link: items.link,
	publishedAt: items.publishedAt,
	firstSeenAt: items.firstSeenAt,
	language: items.language,
	state: items.state,
	until: items.until,
	source: items.source,
	sourceName: sources.name,
	tier: sources.tier,
	version: items.version
};

export type InboxRow = Awaited<ReturnType<typeof listItems>>['items'][number];

/** Last heard first. `next` is the `before` of the following page, or null. */
export async function listItems(db: Db, query: InboxQuery) {
	const found = await db
		.select(row)
		.from(items)
		.innerJoin(sources, eq(sources.id, items.source))
		.where(
			and(
				query.state ? eq(items.state, query.state) : undefined,
				query.source ? eq(items.source, query.source) : undefined,
				query.before ? lt(items.id, query.before) : undefined,
				query.search ? says(query.search) : undefined
			)
		)
		.orderBy(desc(items.id))
		.limit(query.limit + 1);
	const shown = found.slice(0, query.limit);
	return { items: shown, next: found.length > query.limit ? shown.at(-1)!.id : null };
}

/** The words as typed: `%` and `_` stand for themselves. */
function says(search: string): SQL | undefined {
	const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const inText = sql`exists (select 1 from ${extracts}
		where ${extracts.item} = ${items.id} and ${extracts.text} ilike ${pattern})`;
	return or(ilike(items.title, pattern), inText);
}

export async function countByState(db: Db): Promise<Record<ItemState, number>> {
	const counted = await db
		.select({ state: items.state, count: sql<number>`count(*)::int` })
		.from(items)
		.groupBy(items.state);
	const none = Object.fromEntries(itemStates.map((state) => [state, 0])) as Record<ItemState, number>;
	return counted.reduce((counts, { state, count }) => ({ ...counts, [state]: count }), none);
}

/** One wording of an item. `edit`: the source changed it; otherwise it is the first, or only our cleaning changed. */
export interface Wording {
	id: number;
	capture: number;
	text: string;
	at: Date;
	edit: boolean;
}

/**
 * An item with its wordings, newest first: quotes are looked for in the first of them.
 * @throws Refusal 404
 */
export async function readItem(db: Db, id: number) {
	const [item] = await db
		.select({
			...row,
			reason: items.reason,
			change: items.change,
			decidedAt: items.decidedAt,
			decidedBy: people.name,
			sourceKind: sources.kind
		})
		.from(items)
		.innerJoin(sources, eq(sources.id, items.source))
		.leftJoin(people, eq(people.id, items.decidedBy))
		.where(eq(items.id, id));
	if (!item) throw notFound('noun.item');
	const wordings = await wordingsOf(db, id);
	const editedSince = wordings.some(({ edit, at }) => edit && item.decidedAt !== null && at > item.decidedAt);
	return { ...item, wordings, editedSince };
}

async function wordingsOf(db: Db, item: number): Promise<Wording[]> {
	const all = await db.select().from(extracts).where(eq(extracts.item, item)).orderBy(extracts.id);
	return all
		.map(({ id, capture, text, at, hash, extractor }, place) => {
			const before = all[place - 1];
			const edit = before !== undefined && before.extractor === extractor && before.hash !== hash;
			return { id, capture, text, at, edit };
		})
		.reverse();
}
