import type { Statement } from './words.ts';

/** From what carries least to what carries most. What a *source* says of a claim is a `Statement`, not this. */
export const certainties = [
	'withdrawn',
	'superseded',
	'contradicted',
	'uncorroborated',
	'corroborated',
	'official'
] as const;
export type Certainty = (typeof certainties)[number];

/** What is on record about a claim. */
export interface ClaimFacts {
	withdrawn: boolean;
	superseded: boolean;
	/** A person decided that another claim contradicts it. */
	contradicted: boolean;
	/** Each person's word that it is official; the database accepts only words with a capture and a document behind them. */
	promotions: readonly { person: number }[];
	attestations: readonly { originGroup: string; statement: Statement }[];
}

const assertsNothing: ReadonlySet<Statement> = new Set<Statement>(['disclaimer', 'explicitly_unknown']);

/**
 * What we hold of a claim: derived from facts, never stored and never typed. Two people make it official; two
 * independent origins corroborate it, and the same text copied is one origin.
 */
export function certaintyOf(claim: ClaimFacts): Certainty {
	if (claim.withdrawn) return 'withdrawn';
	if (claim.superseded) return 'superseded';
	if (claim.contradicted) return 'contradicted';
	if (new Set(claim.promotions.map(({ person }) => person)).size >= 2) return 'official';
	const origins = claim.attestations
		.filter(({ statement }) => !assertsNothing.has(statement))
		.map(({ originGroup }) => originGroup);
	return new Set(origins).size >= 2 ? 'corroborated' : 'uncorroborated';
}

/** A figure is as certain as its weakest claim; resting on none, it is uncorroborated. */
export function weakest(of: readonly Certainty[]): Certainty {
	return certainties.find((certainty) => of.includes(certainty)) ?? 'uncorroborated';
}
