import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Effect } from '#lib/changes/effects.ts';
import { addDays } from '#lib/time.ts';
import { daNang, pilot, pilotRule, set } from '../../../tests/support/pilot.ts';
import { canonical, foldRule, whyNotFold, type FoldedChange } from './fold.ts';
import { within, withinAny } from './truth.ts';

const change = (id: number, ...effects: Effect[]): FoldedChange => ({ id, effects, playbook: [] });
const drop = (of: Effect): Effect => ({ ...of, op: 'drop' });
const place = (from: Effect['from'], until: Effect['until'] = null): Effect => ({
	...set('place', 'VNDAD', ['C27'], from),
	until
});
const windows = (changes: FoldedChange[]) =>
	foldRule('m', changes).places.map(({ from, until, change: by }) => [from, until, by]);

describe('a set', () => {
	it('adds a window beside those that begin on other days', () => {
		expect(windows([change(1, place('2026-12-01', '2026-12-31')), change(2, place('2027-03-01'))])).toEqual([
			['2026-12-01', '2026-12-31', 1],
			['2027-03-01', null, 2]
		]);
	});

	it('replaces the window that begins on the same day', () => {
		expect(windows([change(1, place('2026-12-01')), change(2, place('2026-12-01', '2027-06-30'))])).toEqual([
			['2026-12-01', '2027-06-30', 2]
		]);
	});

	it('answers a first day that was unknown', () => {
		expect(windows([change(1, place('unknown')), change(2, place('2026-12-01'))])).toEqual([
			['2026-12-01', null, 2]
		]);
	});
});

describe('a drop', () => {
	it('ends the windows the day before', () => {
		expect(windows([change(1, place('2026-07-15')), change(2, drop(place('2026-12-01')))])).toEqual([
			['2026-07-15', '2026-11-30', 1]
		]);
	});

	it('takes back a window that had not begun', () => {
		expect(windows([change(1, place('2026-12-01')), change(2, drop(place('2026-12-01')))])).toEqual([]);
	});

	it('from a day nobody knows leaves the end unknown', () => {
		expect(windows([change(1, place('2026-07-15')), change(2, drop(place('unknown')))])).toEqual([
			['2026-07-15', 'unknown', 1]
		]);
	});

	it('with a last day suspends', () => {
		const suspended = change(2, drop(place('2026-12-01', '2026-12-31')));
		expect(windows([change(1, place('2026-07-15')), suspended])).toEqual([
			['2026-07-15', '2026-11-30', 1],
			['2027-01-01', null, 1]
		]);
	});
});

describe('a rate', () => {
	const rate = (value: string, from: Effect['from']) => set('rate', value, ['C13'], from);

	it('ends the earlier one the day before', () => {
		const { rates } = foldRule('m', [
			change(1, rate('0.15', '2026-07-15')),
			change(2, rate('0.2', '2027-01-01'))
		]);
		expect(rates.map(({ value, from, until }) => [value, from, until])).toEqual([
			['0.15', '2026-07-15', '2026-12-31'],
			['0.2', '2027-01-01', null]
		]);
	});
});

describe('what is counted, read and asked', () => {
	it('is what the newest change says', () => {
		const asked = { key: 'D1', id: 1, condition: null, hash: 'a', renewOnVersion: false };
		const rule = foldRule('m', [
			{
				id: 1,
				effects: [set('category_count', '12', ['C06']), set('reading', 'terminals', ['Q11'])],
				playbook: [asked, { ...asked, key: 'D2' }]
			},
			{
				id: 2,
				effects: [set('category_count', '14', ['C30']), drop(set('reading', 'terminals', ['C31']))],
				playbook: [{ ...asked, id: 9, hash: 'b' }]
			}
		]);
		expect(rule.slots).toEqual({ count: 14, cites: ['C30'] });
		expect(rule.readings.terminals).toEqual([]);
		expect(rule.playbook.map(({ key, id }) => [key, id])).toEqual([
			['D1', 9],
			['D2', 1]
		]);
	});

	it('is refused by the schema where a reading has no such name', () => {
		expect(Effect.safeParse(set('reading', 'terminals', ['Q11'])).success).toBe(true);
		expect(Effect.safeParse(set('reading', 'guesses', ['Q11'])).success).toBe(false);
	});
});

const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-12-01', days));
const bound = fc.oneof({ weight: 6, arbitrary: day }, fc.constantFrom('unknown' as const, null));
const effect: fc.Arbitrary<Effect> = fc.record({
	part: fc.constantFrom('place' as const, 'rate' as const, 'condition' as const),
	op: fc.constantFrom('set' as const, 'set' as const, 'drop' as const),
	value: fc.constantFrom('0.1', '0.2', '0.3'),
	from: bound,
	until: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, bound),
	cites: fc.constant(['C01'])
});
const history = fc
	.array(fc.array(effect, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
	.map((all) => all.map((effects, index) => change(index + 1, ...effects)));

function frozen<Value>(value: Value): Value {
	if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(frozen);
	return value;
}

describe('any history', () => {
	it('folds to the same text each time, without touching its changes or depending on what was folded before', () => {
		fc.assert(
			fc.property(history, fc.nat(), (changes, pick) => {
				const withdrawn = changes.filter((_, index) => index !== pick % Math.max(1, changes.length));
				const before = canonical(foldRule('m', frozen(withdrawn)));
				const all = canonical(foldRule('m', frozen(changes)));
				expect(canonical(foldRule('m', structuredClone(withdrawn)))).toBe(before);
				expect(canonical(foldRule('m', structuredClone(changes)))).toBe(all);
			}),
			{ numRuns: 2_000 }
		);
	});

	it('means the same when its last change is published once more', () => {
		fc.assert(
			fc.property(history, (changes) => {
				const last = changes.at(-1);
				if (!last) return;
				const once = foldRule('m', changes);
				const twice = foldRule('m', [...changes, last]);
				for (let days = -1; days < 43; days += 1) {
					const at = addDays('2026-12-01', days);
					for (const value of ['0.1', '0.2', '0.3']) {
						const of = (rule: typeof once) =>
							withinAny(
								rule.places.filter((part) => part.value === value),
								at
							);
						if (of(once) !== 'unknown') expect(of(twice)).toBe(of(once));
					}
				}
			}),
			{ numRuns: 1_000 }
		);
	});

	it('has on each day the places and the one rate that a calendar filled day by day has', () => {
		const dated = effect.map((one) => ({
			...one,
			from: one.from === 'unknown' ? null : one.from,
			until: one.op === 'set' || one.until === 'unknown' ? null : one.until
		}));
		fc.assert(
			fc.property(fc.array(dated, { maxLength: 8 }), (effects) => {
				const rule = foldRule('m', [change(1, ...effects)]);
				for (let days = -1; days < 43; days += 1) {
					const at = addDays('2026-12-01', days);
					const places = new Set<string>();
					let rate: string | null = null;
					for (const one of effects) {
						if (within(one, at) === 'false') continue;
						if (one.part === 'place') places[one.op === 'set' ? 'add' : 'delete'](one.value);
						if (one.part === 'rate' && one.op === 'set') rate = one.value;
						if (one.part === 'rate' && one.op === 'drop' && rate === one.value) rate = null;
					}
					const held = rule.places.filter((part) => within(part, at) === 'true').map(({ value }) => value);
					expect(new Set(held)).toEqual(places);
					const rates = rule.rates.filter((part) => within(part, at) === 'true');
					expect(rates.map(({ value }) => value)).toEqual(rate === null ? [] : [rate]);
				}
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('the canonical text', () => {
	it('is the same whatever the order of keys', () => {
		const turned = Object.fromEntries(Object.entries(pilotRule).reverse()) as unknown as typeof pilotRule;
		expect(canonical(turned)).toBe(canonical(pilotRule));
		expect(canonical(foldRule('gsc-trace', [pilot, daNang]))).not.toBe(canonical(pilotRule));
	});
});

describe('a rule may not come into use', () => {
	const problems = (...effects: Effect[]) =>
		whyNotFold(foldRule('m', [pilot, change(2, ...effects)])).map(({ key }) => key);

	it('unless it contradicts nothing', () => {
		expect(whyNotFold(pilotRule)).toEqual([]);
		expect(problems(place('2026-12-01', '2026-12-01'))).toEqual([]);
	});

	it('with a part that ends before it starts', () => {
		expect(problems(place('2026-12-01', '2026-11-30'))).toEqual(['fold.ends_before_start']);
	});

	it('with a thirteenth category and no new count', () => {
		const more = (count: number, from: Effect['from']) =>
			Array.from({ length: count }, (_, index) => set('category', `more${index}`, ['C30'], from));
		expect(problems(...more(9, '2027-01-01'))).toEqual([]);
		expect(problems(...more(10, '2027-01-01'))).toEqual(['fold.too_many_categories']);
		expect(problems(...more(10, 'unknown'))).toEqual(['fold.too_many_categories']);
		expect(problems(...more(10, '2027-01-01'), set('category_count', '13', ['C30']))).toEqual([]);
		expect(problems(...more(10, '2027-01-01'), drop(set('category', 'pcb', ['C30'], '2027-01-01')))).toEqual(
			[]
		);
	});

	it('with a count or a rate that is none', () => {
		expect(problems(set('category_count', 'twelve', ['C30']))).toEqual(['fold.count_not_whole']);
		for (const rate of ['15', '1.5', '-0.1', '.5', 'abc'])
			expect(problems(set('rate', rate, ['C30'], '2027-01-01'))).toEqual(['fold.rate_out_of_range']);
		expect(problems(set('rate', '1', ['C30'], '2027-01-01'))).toEqual([]);
	});
});
