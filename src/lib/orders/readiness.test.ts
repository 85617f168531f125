import { describe, expect, it } from 'vitest';
import type { ItemFacts } from './judgement.ts';
import { materialsOf } from './materials.ts';
import { holds, itemsHoldUntil, mandatoryWork, readinessOf } from './readiness.ts';

const on = '2026-11-23';
const arrival = '2026-12-11';
const statement: ItemFacts = {
	id: 1,
	key: 'D2',
	team: 'documentation',
	product: 1,
	mandatory: true,
	condition: 'statement',
	state: 'accepted',
	stale: false,
	noLongerAsked: false,
	dueOn: '2026-11-30',
	releasedUntil: null,
	evidence: null,
	who: 'Lin Yutong',
	when: '2026-11-04T02:00:00Z',
	carried: false
};
const item = (change: Partial<ItemFacts> = {}): ItemFacts => ({ ...statement, ...change });

describe('an item holds', () => {
	it('when accepted with evidence that is valid on the day, both ends included', () => {
		expect(holds(item(), arrival)).toBe(true);
		const evidence = { validFrom: arrival, validUntil: arrival };
		expect(holds(item({ evidence }), arrival)).toBe(true);
		expect(holds(item({ evidence }), '2026-12-12')).toBe(false);
		expect(holds(item({ evidence }), '2026-12-10')).toBe(false);
	});

	it('when released for the day, or recorded as not needed', () => {
		expect(holds(item({ state: 'released', releasedUntil: arrival }), arrival)).toBe(true);
		expect(holds(item({ state: 'released', releasedUntil: '2026-12-10' }), arrival)).toBe(false);
		expect(holds(item({ state: 'released' }), arrival)).toBe(false);
		expect(holds(item({ state: 'not_needed' }), arrival)).toBe(true);
	});

	it('not while it is open, prepared or returned, and never when what is asked has changed', () => {
		for (const state of ['open', 'prepared', 'returned'] as const)
			expect(holds(item({ state }), arrival)).toBe(false);
		for (const state of ['accepted', 'released', 'not_needed'] as const)
			expect(holds(item({ state, releasedUntil: '2027-01-01', stale: true }), arrival)).toBe(false);
	});
});

describe('an order', () => {
	it('is late where a mandatory item that does not hold is past its due day, not on it', () => {
		const items = [
			item({ state: 'open', dueOn: on }),
			item({ id: 2, state: 'open', dueOn: '2026-11-22' }),
			item({ id: 3, state: 'open', dueOn: '2026-11-22', mandatory: false })
		];
		expect(mandatoryWork(items, arrival, on)).toMatchObject({
			mandatoryTotal: 2,
			mandatoryHolding: 0,
			blocking: [1, 2],
			late: { documentation: 1 }
		});
	});

	it('that is asked for nothing mandatory is not ready but not asked', () => {
		expect(readinessOf({ mandatoryTotal: 0, mandatoryHolding: 0 }, arrival)).toBe('not_asked');
		expect(readinessOf({ mandatoryTotal: 1, mandatoryHolding: 1 }, null)).toBe('no_date');
		expect(readinessOf({ mandatoryTotal: 1, mandatoryHolding: 1 }, arrival)).toBe('ready');
	});

	it('holds until the first item turns', () => {
		const evidence = { validFrom: null, validUntil: '2026-12-20' };
		expect(itemsHoldUntil([item()], arrival, on)).toBeNull();
		expect(itemsHoldUntil([item({ evidence })], arrival, on)).toBe('2026-12-20');
		expect(itemsHoldUntil([item({ evidence }), item({ state: 'open' })], arrival, on)).toBe('2026-11-30');
		expect(
			itemsHoldUntil([item({ state: 'open', mandatory: false, condition: null })], arrival, on)
		).toBeNull();
	});
});

describe('a material', () => {
	const shown = (...items: ItemFacts[]) => materialsOf(['statement'], items, arrival, on).statement!;

	it('shows who accepted last, and until when it is valid', () => {
		const evidence = { validFrom: null, validUntil: '2028-03-09' };
		const page = item({ key: 'W2', who: 'He Zihan', when: '2026-11-05T02:00:00Z', carried: true });
		expect(shown(item({ evidence }), page)).toEqual({
			state: 'ok',
			who: 'He Zihan',
			when: '2026-11-05T02:00:00Z',
			carried: true,
			dueOn: '2026-11-30',
			validUntil: '2028-03-09'
		});
	});

	it('shows its worst state', () => {
		const expired = item({ evidence: { validFrom: null, validUntil: '2026-12-10' } });
		const states = [
			shown(item(), item({ state: 'prepared', dueOn: '2026-11-01' })),
			shown(item({ state: 'prepared' }), item({ state: 'open' })),
			shown(expired, item({ state: 'open' })),
			shown(expired, item({ state: 'open', dueOn: '2026-11-22' })),
			shown(item(), item({ state: 'returned' })),
			shown(item(), item({ stale: true })),
			shown(item({ state: 'not_needed' })),
			shown()
		].map(({ state }) => state);
		expect(states).toEqual([
			'waiting',
			'due',
			'expired',
			'missing',
			'missing',
			'missing',
			'not_asked',
			'not_asked'
		]);
	});
});
