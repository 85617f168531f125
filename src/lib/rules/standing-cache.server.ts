import { sql } from 'drizzle-orm';
import { activity } from '#lib/activity/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import { standingLine, type StandingLine } from './standing.server.ts';

/** The standing line of every page, asked of the database again only when something happened. */
export interface StandingCache {
	line(db: Db, words: Words, today: PlainDate, now: Date): Promise<StandingLine | null>;
}

/** A poll changes how many sources answered and is no deed; nor do ids of deeds become visible strictly in order. */
const keptMs = 30_000;

/** One query instead of seven while no deed was recorded, for half a minute at most. */
export function createStandingCache(): StandingCache {
	const kept = new Map<string, { line: StandingLine | null; deed: number; until: number }>();
	return {
		async line(db, words, today, now) {
			const deed = await newestDeed(db);
			const key = `${words.locale} ${today}`;
			const found = kept.get(key);
			if (found?.deed === deed && now.getTime() < found.until) return found.line;
			const line = await standingLine(db, words, today, now);
			// A handful of languages on one day; yesterday's are of no use.
			if (kept.size > 20) kept.clear();
			kept.set(key, { line, deed, until: now.getTime() + keptMs });
			return line;
		}
	};
}

async function newestDeed(db: Db): Promise<number> {
	const [row] = await db.select({ id: sql<number>`coalesce(max(${activity.id}), 0)::int` }).from(activity);
	return row!.id;
}
