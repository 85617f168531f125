import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRule } from '#lib/rules/fold.ts';
import type { Rule } from '#lib/rules/rule.ts';
import { addDays, type PlainDate } from '#lib/time.ts';
import { pilotEffects, placeOf, placesByKey, set } from '../../../tests/support/pilot.ts';
import { ratesOn } from './exposure.ts';
import { judgeOrder } from './judge.ts';
import { buckets, type ItemFacts, type ItemState, type Judgement, type OrderFacts } from './judgement.ts';
import { incoterms } from './words.ts';

const runs = { numRuns: 3_000 };
const conditions = ['footprint', 'statement', 'origin_map'];
const states = ['open', 'prepared', 'accepted', 'returned', 'released', 'not_needed'] as const;

const day = fc.integer({ min: 0, max: 30 }).map((days) => addDays('2026-12-01', days));
const maybeDay = fc.option(day, { nil: null });
const bound = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, day, fc.constant('unknown' as const));
const country = fc.constantFrom('CN', 'CN', 'CN', 'MY', 'HK', null);

const line = fc.record({
	id: fc.constant(0),
	product: fc.integer({ min: 1, max: 3 }),
	sku: fc.constant('SKU'),
	category: fc.constantFrom('pcb', 'sensor', 'connector'),
	notElectronic: fc.boolean(),
	originCountry: country,
	fobMinor: fc.integer({ min: 0, max: 90_000_000 })
});

const order: fc.Arbitrary<OrderFacts> = fc.record({
	id: fc.constant(1),
	number: fc.constant('VN-1'),
	place: fc.constantFrom('VNHPH', 'VNHPH', 'VNCLI', 'VNTOT', 'SGN-AIR', 'VNDAD').map(placeOf),
	exporterCountry: country,
	loadingCountry: country,
	incoterm: fc.constantFrom(...incoterms),
	currency: fc.constantFrom('USD', 'VND'),
	freightMinor: fc.integer({ min: 0, max: 1_000_000 }),
	insuranceMinor: fc.integer({ min: 0, max: 100_000 }),
	quotedOn: maybeDay,
	confirmedOn: maybeDay,
	productionOn: maybeDay,
	etd: maybeDay,
	eta: maybeDay,
	declarationOn: maybeDay,
	customerAsks: fc.boolean(),
	lines: fc.array(line, { minLength: 1, maxLength: 3 })
});

const item: fc.Arbitrary<ItemFacts> = fc.record({
	id: fc.nat(),
	key: fc.constantFrom('D1', 'D2', 'D3', 'K2'),
	team: fc.constantFrom('documentation', 'customs'),
	product: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
	mandatory: fc.boolean(),
	condition: fc.option(fc.constantFrom(...conditions), { nil: null }),
	state: fc.oneof({ weight: 3, arbitrary: fc.constant('accepted' as const) }, fc.constantFrom(...states)),
	stale: fc.constantFrom(false, false, false, true),
	noLongerAsked: fc.constantFrom(false, false, false, true),
	dueOn: maybeDay,
	releasedUntil: maybeDay,
	evidence: fc.option(fc.record({ validFrom: maybeDay, validUntil: maybeDay }), { nil: null }),
	who: fc.constant(null),
	when: fc.constant(null),
	carried: fc.boolean()
});
const items = fc.array(item, { maxLength: 12 });

const rule: fc.Arbitrary<Rule> = fc
	.tuple(
		fc.subarray(conditions),
		fc.array(bound, { minLength: 7, maxLength: 7 }),
		fc.constantFrom('0.15', '0.075', '0.3333', '1')
	)
	.map(([asked, bounds, rate]) => {
		const scope = pilotEffects.filter(
			({ part }) => part !== 'condition' && part !== 'rate' && part !== 'measure'
		);
		const effects = [
			...scope,
			{ ...set('measure', 'm', ['C01'], bounds[0]!), until: bounds[1]! },
			set('rate', rate, ['C13'], bounds[2]!),
			set('rate', '0.05', ['C13'], bounds[3]!),
			...asked.map((condition, index) => set('condition', condition, ['C10'], bounds[4 + index]!))
		];
		return foldRule('m', [{ id: 1, effects, playbook: [] }]);
	});

const judge = (of: Rule, facts: OrderFacts, asked: ItemFacts[], on: PlainDate) =>
	judgeOrder(of, facts, asked, placesByKey, on);

/** What is neither out of scope nor prepared. Whether it counts as missing or still open is a matter of days. */
function atRisk({ exposure }: Judgement, end: 'low' | 'high'): number {
	return exposure.missing[end] + exposure.open[end] + exposure.may_not_apply[end];
}

function neverBetter(before: Judgement, after: Judgement): void {
	if (after.readiness === 'ready') expect(before.readiness).toBe('ready');
	for (const [index, { bucket }] of after.lines.entries())
		if (bucket === 'prepared') expect(before.lines[index]!.bucket).toBe('prepared');
	for (const end of ['low', 'high'] as const)
		expect(atRisk(after, end)).toBeGreaterThanOrEqual(atRisk(before, end));
}

describe('any order', () => {
	it('has each line in exactly one bucket, low never above high, and buckets that sum to the lines', () => {
		fc.assert(
			fc.property(rule, order, items, day, (of, facts, asked, on) => {
				const judgement = judge(of, facts, asked, on);
				for (const { applicability, bucket, low, high, rate } of judgement.lines) {
					expect(low).toBeLessThanOrEqual(high);
					const surcharge = ratesOn(of.rates, judgement.day) !== null;
					expect(bucket !== null).toBe(surcharge && applicability !== 'not_in_reported_scope');
					if (bucket === null) expect([low, high, rate]).toEqual([0, 0, null]);
					else expect(buckets).toContain(bucket);
					if (applicability === 'undetermined') expect(low).toBe(0);
				}
				for (const end of ['low', 'high'] as const) {
					const lines = judgement.lines.reduce((sum, one) => sum + one[end], 0);
					expect(buckets.reduce((sum, bucket) => sum + judgement.exposure[bucket][end], 0)).toBe(lines);
				}
			}),
			runs
		);
	});

	it('is never better off for less evidence', () => {
		const worse: fc.Arbitrary<(one: ItemFacts) => ItemFacts> = fc.oneof(
			fc.constant((one: ItemFacts) => ({ ...one, stale: true })),
			day.map((until) => (one: ItemFacts) => {
				const validFrom = one.evidence?.validFrom ?? null;
				const was = one.evidence?.validUntil;
				return { ...one, evidence: { validFrom, validUntil: was && was < until ? was : until } };
			}),
			fc
				.constantFrom<ItemState[]>('open', 'prepared', 'returned')
				.map((state) => (one: ItemFacts) => (one.state === 'accepted' ? { ...one, state } : one))
		);
		fc.assert(
			fc.property(rule, order, items, day, fc.nat(), worse, (of, facts, asked, on, pick, worsen) => {
				const poorer = asked.map((one, index) => (index === pick % asked.length ? worsen(one) : one));
				neverBetter(judge(of, facts, asked, on), judge(of, facts, poorer, on));
			}),
			runs
		);
	});

	it('is never better off for one condition or one item more', () => {
		fc.assert(
			fc.property(rule, order, items, item, day, (of, facts, asked, more, on) => {
				const before = judge(of, facts, asked, on);
				const extra = { ...more, mandatory: true };
				const after = judge(of, facts, [...asked, extra], on);
				if (before.readiness === 'not_ready') expect(after.readiness).toBe('not_ready');
				if (of.conditions.length === 0) return;
				const stricter = { ...of, conditions: [...of.conditions, { ...of.conditions[0]!, value: 'new' }] };
				neverBetter(before, judge(stricter, facts, asked, on));
			}),
			runs
		);
	});

	it('keeps its money where it was when an item is released or recorded as not needed', () => {
		fc.assert(
			fc.property(rule, order, items, day, fc.nat(), fc.boolean(), (of, facts, asked, on, pick, needed) => {
				const change = (state: ItemState) =>
					asked.map((one, index) => (index === pick % asked.length ? { ...one, state } : one));
				const open = judge(of, facts, change('open'), on);
				const released = judge(of, facts, change(needed ? 'released' : 'not_needed'), on);
				expect(released.exposure).toEqual(open.exposure);
			}),
			runs
		);
	});

	it('loses only determinacy with its dates: an answer without a day holds on every day', () => {
		fc.assert(
			fc.property(rule, order, day, (of, facts, on) => {
				const undated = judge(of, { ...facts, eta: null, declarationOn: null }, [], on);
				const dated = judge(of, facts, [], on);
				for (const [index, { applicability }] of undated.lines.entries())
					if (applicability !== 'undetermined') expect(dated.lines[index]!.applicability).toBe(applicability);
			}),
			runs
		);
	});

	it('keeps its judgement until the day it names', () => {
		const timeless = ({ lines, ...judgement }: Judgement) => ({
			...{ ...judgement, on: null, day: null, holdsUntil: null },
			lines: lines.map(({ leaves, ...one }) => ({ ...one, truths: leaves.map(({ truth }) => truth) }))
		});
		fc.assert(
			fc.property(rule, order, items, day, fc.integer({ min: 1, max: 40 }), (of, facts, asked, on, days) => {
				const now = judge(of, facts, asked, on);
				const later = addDays(on, days);
				if (now.holdsUntil !== null && now.holdsUntil < on)
					throw new Error('holds until before it is judged');
				if (now.holdsUntil !== null && later > now.holdsUntil) return;
				expect(timeless(judge(of, facts, asked, later))).toEqual(timeless(now));
			}),
			{ numRuns: 10_000 }
		);
	});
});

describe('rates', () => {
	const rate = (value: string, from: string | null) => ({ value, from, until: null, cites: [], change: 1 });

	it('with an unknown window widen the range, and alone leave open whether anything is charged', () => {
		expect(ratesOn([rate('0.15', null), rate('0.2', 'unknown')], '2026-12-11')).toEqual({
			low: '0.15',
			high: '0.2'
		});
		expect(ratesOn([rate('0.2', 'unknown')], '2026-12-11')).toEqual({ low: null, high: '0.2' });
		expect(ratesOn([rate('0.2', '2027-01-01')], '2026-12-11')).toBeNull();
	});
});
