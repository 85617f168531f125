import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainties, certaintyOf, weakest, type ClaimFacts } from './certainty.ts';
import { statements, type Statement } from './words.ts';

const reported = (originGroup: string, statement: Statement = 'reported') => ({ originGroup, statement });
const claim = (change: Partial<ClaimFacts> = {}): ClaimFacts => ({
	withdrawn: false,
	superseded: false,
	contradicted: false,
	promotions: [],
	attestations: [reported('a')],
	...change
});
const promoted = [{ person: 1 }, { person: 2 }];

describe('what we hold of a claim', () => {
	it('is uncorroborated however surely one source says it', () => {
		expect(certaintyOf(claim({ attestations: [reported('a', 'reported_as_confirmed')] }))).toBe(
			'uncorroborated'
		);
		expect(certaintyOf(claim({ attestations: [] }))).toBe('uncorroborated');
	});

	it('is corroborated by two origins, never by ten copies of one', () => {
		expect(certaintyOf(claim({ attestations: Array.from({ length: 10 }, () => reported('a')) }))).toBe(
			'uncorroborated'
		);
		expect(certaintyOf(claim({ attestations: [reported('a'), reported('b')] }))).toBe('corroborated');
	});

	it('is not corroborated by a text that asserts nothing', () => {
		for (const statement of ['disclaimer', 'explicitly_unknown'] as const)
			expect(certaintyOf(claim({ attestations: [reported('a'), reported('b', statement)] }))).toBe(
				'uncorroborated'
			);
	});

	it('is official by two people, not by one person twice', () => {
		expect(certaintyOf(claim({ promotions: promoted }))).toBe('official');
		expect(certaintyOf(claim({ promotions: [{ person: 1 }, { person: 1 }] }))).toBe('uncorroborated');
	});

	it('is decided by the first that holds: withdrawn, superseded, contradicted, official, corroborated', () => {
		const all = { promotions: promoted, attestations: [reported('a'), reported('b')] };
		expect(certaintyOf(claim({ ...all, withdrawn: true, superseded: true, contradicted: true }))).toBe(
			'withdrawn'
		);
		expect(certaintyOf(claim({ ...all, superseded: true, contradicted: true }))).toBe('superseded');
		expect(certaintyOf(claim({ ...all, contradicted: true }))).toBe('contradicted');
		expect(certaintyOf(claim(all))).toBe('official');
	});

	it('is never official without two people, whatever sources say', () => {
		const attestation = fc.record({
			originGroup: fc.string({ maxLength: 2 }),
			statement: fc.constantFrom(...statements)
		});
		fc.assert(
			fc.property(
				fc.array(attestation),
				fc.array(fc.constant({ person: 7 })),
				(attestations, promotions) => certaintyOf(claim({ attestations, promotions })) !== 'official'
			),
			{ numRuns: 2_000 }
		);
	});
});

describe('a figure', () => {
	it('is as certain as its weakest claim', () => {
		expect(weakest(['official', 'uncorroborated', 'corroborated'])).toBe('uncorroborated');
		expect(weakest(['official', 'withdrawn'])).toBe('withdrawn');
		expect(weakest(['official'])).toBe('official');
		expect(weakest([])).toBe('uncorroborated');
		expect(weakest(certainties)).toBe('withdrawn');
	});
});
