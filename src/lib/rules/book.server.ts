import { stanceOf } from '#lib/changes/stance.server.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { isPlainDate, type PlainDate } from '#lib/time.ts';
import { readRule, versionRows } from './read.server.ts';
import { theMeasure, versionsOf, type RuleVersion } from './versions.server.ts';

export interface BookQuery {
	/** The day the rule is shown for. */
	on: PlainDate;
	/** Only what was known on that day; null: what is known now. */
	known: PlainDate | null;
	/** A version by its number; null: the newest that was known. */
	number: number | null;
}

/** The days of an address; a day that is none counts as not given. */
export function bookDays(url: URL, today: PlainDate): Pick<BookQuery, 'on' | 'known'> {
	const day = (name: string) => {
		const text = url.searchParams.get(name) ?? '';
		return isPlainDate(text) ? text : null;
	};
	return { on: day('on') ?? today, known: day('known') };
}

/**
 * The rule book: a version as a page to read, every version with what made it, and the stance taken to the measure.
 * `read` is null while nothing is in use. @throws Refusal 404 for a number that was never given
 */
export async function readBook(db: Db, { on, known, number }: BookQuery) {
	const measure = await theMeasure(db);
	if (!measure) throw notFound('noun.measure');
	const versions = await versionsOf(db, measure.id);
	const version = chosen(versions, number, known);
	if (number !== null && !version) throw notFound('noun.rule_version');
	return {
		on,
		known,
		stance: await stanceOf(db, measure.id),
		versions: await versionRows(db, versions),
		version: version && { id: version.id, number: version.number, knownOn: version.knownOn },
		newest: version !== null && version.id === versions[0]?.id,
		read: version && (await readRule(db, measure.id, version.rule, on))
	};
}

/** Versions come newest first. */
function chosen(versions: RuleVersion[], number: number | null, known: PlainDate | null): RuleVersion | null {
	if (number !== null) return versions.find((version) => version.number === number) ?? null;
	return versions.find((version) => known === null || version.knownOn <= known) ?? null;
}
