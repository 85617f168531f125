import type { z } from 'zod';
import { basisOf } from '#lib/rules/basis.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Basis } from './shapes.ts';

type Found = Awaited<ReturnType<typeof basisOf>>;

export function shownBasis(basis: Found, on: PlainDate): z.output<typeof Basis> | null {
	if (!basis) return null;
	const { version: ruleVersion, knownOn, certainty, assumptions, uncorroborated } = basis;
	return { ruleVersion, knownOn, on, certainty, assumptions, uncorroborated };
}

/** What figures of a day rest on under the rule in use; null while nothing is. */
export async function basisShown(db: Db, on: PlainDate): Promise<z.output<typeof Basis> | null> {
	return shownBasis(await basisOf(db), on);
}
