import { weakest, type Certainty } from '#lib/changes/certainty.ts';
import type { Cite } from '#lib/changes/held.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { citesOf } from './read.server.ts';
import type { Rule } from './rule.ts';
import { currentVersion, theMeasure, versionById } from './versions.server.ts';

/** What a figure rests on. No number is shown without it. */
export interface Basis {
	/** The number of the rule version. */
	version: number;
	/** The day we knew what it says. */
	knownOn: PlainDate;
	/** That of its weakest claim. */
	certainty: Certainty;
	/** How many of the claims it cites nobody else has reported. */
	uncorroborated: number;
	/** How many open questions it answers with an assumption. */
	assumptions: number;
	/** The claims and assumptions themselves. */
	cites: Cite[];
}

/**
 * The basis of figures under a version (by id; null: the one in use). `keysOf` narrows it to what one figure rests on.
 * Null while nothing is in use.
 */
export async function basisOf(
	db: Db,
	id: number | null = null,
	keysOf: (rule: Rule) => readonly string[] = citedBy
): Promise<Basis | null> {
	const measure = await theMeasure(db);
	if (!measure) return null;
	const version = id === null ? await currentVersion(db, measure.id) : await versionById(db, id);
	if (!version) return null;
	const cited = await citesOf(db, measure.id, keysOf(version.rule));
	const cites = [...cited.values()];
	const held = cites.flatMap((cite) => (cite.kind === 'claim' ? cite.claim.certainty : []));
	return {
		version: version.number,
		knownOn: version.knownOn,
		certainty: weakest(held),
		uncorroborated: held.filter((certainty) => certainty === 'uncorroborated').length,
		assumptions: cites.length - held.length,
		cites
	};
}

function citedBy(rule: Rule): string[] {
	const { windows, origins, unclearOrigins, places, categories, conditions, rates, slots, readings } = rule;
	const scope = [...windows, ...origins, ...unclearOrigins, ...places, ...categories];
	const parts = [...scope, ...conditions, ...rates, slots];
	return [...new Set([...parts.flatMap(({ cites }) => cites), ...Object.values(readings).flat()])];
}
