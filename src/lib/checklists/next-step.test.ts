import { describe, expect, it } from 'vitest';
import type { Person } from '../people/roles.ts';
import { nextStep, type StepItem } from './next-step.ts';

const today = '2026-11-23';
const someone = (about: Partial<Person>): Person => ({
	...{ id: 1, email: 'a@demo.example', name: 'A', locale: 'en', roles: [], teams: [] },
	...about
});
const documentation = someone({ id: 2, teams: [{ team: 'documentation', lead: false }] });
const compliance = someone({ id: 3, roles: ['compliance'] });

const item = (about: Partial<StepItem>): StepItem => ({
	id: 1,
	team: 'documentation',
	state: 'open',
	secondPerson: true,
	preparedBy: null,
	releaseAskedBy: null,
	stale: false,
	expired: false,
	noLongerAsked: false,
	mandatory: true,
	holds: false,
	dueOn: '2026-12-01',
	...about
});

describe('the next step on an order', () => {
	it('is what is due first, and says that it is late', () => {
		const items = [item({ id: 1 }), item({ id: 2, dueOn: '2026-11-20' }), item({ id: 3, dueOn: null })];
		expect(nextStep(items, documentation, today)).toEqual({
			...{ item: 2, verb: 'prepare', yours: true, overdue: true }
		});
	});

	it('is what this person can do before what others have to do', () => {
		const items = [
			item({ id: 1, dueOn: '2026-11-20' }),
			item({ id: 2, state: 'prepared', preparedBy: documentation.id })
		];
		expect(nextStep(items, compliance, today)).toMatchObject({ item: 2, verb: 'accept', yours: true });
		expect(nextStep(items, documentation, today)).toMatchObject({ item: 1, verb: 'prepare', yours: true });
		expect(nextStep(items, someone({}), today)).toMatchObject({ item: 1, yours: false });
	});

	it('asks to accept before it asks to prepare, where both are due on one day', () => {
		const lead = someone({ id: 4, teams: [{ team: 'documentation', lead: true }] });
		const items = [item({ id: 1 }), item({ id: 2, state: 'prepared', preparedBy: 2 })];
		expect(nextStep(items, lead, today)).toMatchObject({ item: 2, verb: 'accept' });
	});

	it('renews what expired or is asked anew, and repairs what was sent back', () => {
		expect(nextStep([item({ state: 'accepted', expired: true })], null, today)?.verb).toBe('renew');
		expect(nextStep([item({ state: 'accepted', stale: true })], null, today)?.verb).toBe('renew');
		expect(nextStep([item({ state: 'returned' })], null, today)?.verb).toBe('prepare_again');
		expect(nextStep([item({ state: 'released' })], null, today)?.verb).toBe('release_ends');
	});

	it('is nothing once every mandatory item holds', () => {
		const items = [
			item({ holds: true }),
			item({ id: 2, mandatory: false }),
			item({ id: 3, noLongerAsked: true })
		];
		expect(nextStep(items, documentation, today)).toBeNull();
	});
});
