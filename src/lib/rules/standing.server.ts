import { and, eq, sql } from 'drizzle-orm';
import { heldClaims } from '#lib/changes/held.server.ts';
import type { HeldClaim } from '#lib/changes/held.ts';
import type { Db } from '#lib/server/db/db.ts';
import { sources } from '../sources/tables.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Args, MessageKey, Words } from '#lib/words/words.ts';
import type { Rule } from './rule.ts';
import { currentVersion, theMeasure } from './versions.server.ts';

export interface StandingLine {
	key: MessageKey;
	args: Args;
}

const DAY_MS = 86_400_000;

/**
 * The one quiet line that is there while anything shown is not law: what the rule in use rests on, and whether our
 * sources answered in the day before `now`. Null once every claim relied on rests on an instrument in force.
 */
export async function standingLine(
	db: Db,
	words: Words,
	today: PlainDate,
	now: Date
): Promise<StandingLine | null> {
	const answered = await sourcesAnswered(db, now);
	const measure = await theMeasure(db);
	const version = measure && (await currentVersion(db, measure.id));
	if (!version) return { key: 'standing.nothing', args: answered };
	const keys = claimKeys(version.rule);
	const claims = await heldClaims(db, { measure: measure.id, keys });
	if (claims.length && claims.every((claim) => claim.instrument?.state === 'in_force')) return null;
	const oldest = oldestVoice(claims);
	const official = claims.some((claim) => claim.instrument) ? 'some' : 'none';
	if (!oldest) return { key: 'standing.undated', args: { official, ...answered } };
	const { asOf, source } = oldest;
	return {
		key: 'standing.reported',
		args: { day: words.day(asOf, today), tier: String(source.tier), official, ...answered }
	};
}

function claimKeys(rule: Rule): string[] {
	const parts = [
		...rule.windows,
		...rule.origins,
		...rule.unclearOrigins,
		...rule.places,
		...rule.categories,
		...rule.conditions,
		...rule.rates,
		rule.slots
	];
	return [...new Set(parts.flatMap(({ cites }) => cites))];
}

function oldestVoice(claims: readonly HeldClaim[]) {
	const dated = claims
		.flatMap((claim) => claim.voices)
		.flatMap(({ asOf, source }) => (asOf ? { asOf, source } : []));
	return dated.sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))[0] ?? null;
}

/** Of the watched feeds, how many were read in the last 24 hours. */
async function sourcesAnswered(db: Db, now: Date): Promise<{ answered: number; watched: number }> {
	const since = new Date(now.getTime() - DAY_MS).toISOString();
	const [row] = await db
		.select({
			answered: sql<number>`(count(*) filter (where ${sources.lastReadAt} >= ${since}::timestamptz))::int`,
			watched: sql<number>`count(*)::int`
		})
		.from(sources)
		.where(and(eq(sources.enabled, true), eq(sources.kind, 'feed')));
	return row!;
}
