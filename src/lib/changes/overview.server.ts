import { and, eq, inArray, sql } from 'drizzle-orm';
import { activity } from '#lib/activity/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { items, sources } from '../sources/tables.ts';
import { weakest, type Certainty } from './certainty.ts';
import { heldClaims } from './held.server.ts';
import type { InstrumentState } from './words.ts';

export interface ChangeStanding {
	/** That of its weakest claim, leaving out what was withdrawn or superseded; null: it has no claim. */
	certainty: Certainty | null;
	instrument: InstrumentState | null;
	/** Orders its publishing touched; null while it was never in use. */
	reached: number | null;
}

/** How certain each change is and how far it reached, by id, in a fixed number of queries. */
export async function standings(db: Db, ids: readonly number[]): Promise<Map<number, ChangeStanding>> {
	const held = ids.length ? await heldClaims(db, { changes: ids }) : [];
	const reached = await reachedBy(db, ids);
	return new Map(
		ids.map((id) => {
			const own = held.filter((claim) => claim.change === id);
			const standing = own.filter(({ certainty }) => certainty !== 'withdrawn' && certainty !== 'superseded');
			return [
				id,
				{
					certainty: standing.length ? weakest(standing.map(({ certainty }) => certainty)) : null,
					instrument: standing.find((claim) => claim.instrument)?.instrument?.state ?? null,
					reached: reached.get(id) ?? null
				}
			];
		})
	);
}

async function reachedBy(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
	if (!ids.length) return new Map();
	const rows = await db
		.select({ change: activity.subjectId, orders: sql<number | null>`(${activity.data}->>'orders')::int` })
		.from(activity)
		.where(
			and(
				eq(activity.subject, 'change'),
				eq(activity.deed, 'change.published'),
				inArray(activity.subjectId, [...ids])
			)
		);
	return new Map(rows.flatMap((row) => (row.orders === null ? [] : [[row.change, row.orders] as const])));
}

/** What was read and linked to a change. */
export async function readIn(db: Db, change: number) {
	return db
		.select({ id: items.id, title: items.title, link: items.link, source: sources.name, tier: sources.tier })
		.from(items)
		.innerJoin(sources, eq(sources.id, items.source))
		.where(eq(items.change, change))
		.orderBy(items.id);
}
