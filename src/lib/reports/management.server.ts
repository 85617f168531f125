import { inArray } from 'drizzle-orm';
import { basisOf, type Basis } from '#lib/rules/basis.server.ts';
import { places } from '#lib/rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import type { Overview } from './overview.ts';
import {
	hangingOn,
	lateByTeam,
	mostUsefulNext,
	readOverview,
	type Hanging,
	type LateTeam,
	type UsefulNext
} from './overview.server.ts';
import { decisionsWaiting, reality, type Reality, type Waiting } from './reality.server.ts';

/** The management page of a day, with the names it shows. */
export interface Management {
	overview: Overview;
	/** Null: no rule is in use. */
	basis: Basis | null;
	reality: Reality | null;
	waiting: Waiting[];
	late: LateTeam[];
	/** As of today, whatever the day asked for: what is left to do is left to do now. */
	useful: UsefulNext[];
	hanging: Hanging[];
	placeNames: Record<string, LocalizedText>;
	teamNames: Record<string, LocalizedText>;
}

const shownUseful = 5;

/** Everything management asks on a day, in a number of queries that does not grow with the orders. */
export async function readManagement(
	db: Db,
	{ on, today, zone }: { on: PlainDate; today: PlainDate; zone: string }
): Promise<Management> {
	const overview = await readOverview(db, on, today);
	return {
		overview,
		basis: await basisOf(db),
		reality: await reality(db, on, zone),
		waiting: await decisionsWaiting(db, on),
		late: await lateByTeam(db, on),
		useful: await mostUsefulNext(db, overview, shownUseful),
		hanging: await hangingOn(db),
		placeNames: await namesOf(
			db,
			overview.rows.map(({ place }) => place)
		),
		teamNames: await teamNames(db)
	};
}

async function namesOf(db: Db, keys: string[]): Promise<Record<string, LocalizedText>> {
	const found = await db
		.select({ key: places.key, names: places.names })
		.from(places)
		.where(inArray(places.key, keys));
	return Object.fromEntries(found.map(({ key, names }) => [key, names]));
}
