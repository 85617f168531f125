import { describe, expect, it } from 'vitest';
import demoOrders from '#lib/demo/orders.json';
import { foldRule } from '#lib/rules/fold.ts';
import { amountOf } from '#lib/money.ts';
import { demoOrder, itemFacts, orderFacts } from '../../../tests/support/demo-facts.ts';
import { daNang, pilot, pilotRule, placesByKey } from '../../../tests/support/pilot.ts';
import { judgeOrder } from './judge.ts';
import { buckets, type ItemFacts, type Judgement, type OrderFacts } from './judgement.ts';

const today = '2026-11-23';
const created = '2026-11-03';

function shown(judgement: Judgement) {
	const money = (minor: number) => amountOf(minor, judgement.currency);
	const used = buckets.filter((bucket) => judgement.lines.some((line) => line.bucket === bucket));
	return {
		lines: judgement.lines.map(({ sku, applicability, bucket, low, high }) => ({
			...{ sku, applicability, bucket },
			...{ low: money(low), high: money(high) }
		})),
		readiness: judgement.readiness,
		blocking: judgement.summary.blockingKeys,
		exposure: Object.fromEntries(
			used.map((bucket) => {
				const { low, high } = judgement.exposure[bucket];
				return [bucket, { currency: judgement.currency, low: money(low), high: money(high) }];
			})
		)
	};
}

function judged(number: string, change: Partial<OrderFacts> = {}, edit = (items: ItemFacts[]) => items) {
	const demo = demoOrder(number);
	const order = { ...orderFacts(demo), ...change };
	return judgeOrder(pilotRule, order, edit(itemFacts(demo, created)), placesByKey, today);
}

function because(judgement: Judgement, line = 0) {
	return Object.fromEntries(
		judgement.lines[line]!.leaves.map(({ leaf, truth, because: key, cites }) => [leaf, { truth, key, cites }])
	);
}

const edited = (key: string, change: Partial<ItemFacts>) => (items: ItemFacts[]) =>
	items.map((item) => (item.key === key ? { ...item, ...change } : item));

describe('the demo orders on 23 November 2026', () => {
	for (const demo of demoOrders) {
		it(`${demo.number} is judged as its expected block says`, () => {
			const { because: _why, ...expected } = { because: null, ...demo.expected };
			const lines = expected.lines.map(({ because: _because, ...line }) => line);
			expect(shown(judged(demo.number))).toEqual({ ...expected, lines });
		});
	}

	it('gives the reasons and the questions they lean on', () => {
		expect(because(judged('DEMO-VN-001')).place).toEqual({
			truth: 'true',
			key: 'leaf.place.terminal',
			cites: ['C05', 'Q11']
		});
		expect(because(judged('DEMO-VN-003')).place).toEqual({
			truth: 'false',
			key: 'leaf.place.elsewhere',
			cites: ['C05', 'Q05']
		});
		expect(because(judged('DEMO-VN-004')).category).toEqual({
			truth: 'unknown',
			key: 'leaf.category.unnamed',
			cites: ['C07', 'C06', 'Q10']
		});
		expect(because(judged('DEMO-VN-005')).place?.key).toBe('leaf.place.merged');
		const inductor = because(judged('DEMO-VN-006'), 1);
		expect(inductor.origin).toEqual({
			truth: 'unknown',
			key: 'leaf.origin.mixed',
			cites: ['C08', 'Q12']
		});
		expect([inductor.place?.key, inductor.category?.key]).toEqual([
			'leaf.place.other_kind',
			'leaf.category.unnamed'
		]);
		expect(inductor.date).toEqual({
			truth: 'true',
			key: 'leaf.date.within',
			cites: ['C01', 'C04', 'Q18', 'Q15']
		});
	});

	it('names the payer by our reading of the Incoterm', () => {
		expect(demoOrders.map(({ number }) => judged(number).payer)).toEqual([
			...Array.from({ length: 5 }, () => 'importer'),
			'exporter'
		]);
	});
});

describe('adding Da Nang from 1 December', () => {
	const after = foldRule('gsc-trace', [pilot, daNang]);

	it('makes DEMO-VN-003 apply, open and due now: 23 items, 9 of them mandatory', () => {
		const demo = demoOrder('DEMO-VN-003');
		const items = itemFacts(demo, today, 'open');
		const judgement = judgeOrder(after, orderFacts(demo), items, placesByKey, today);
		expect([items.length, judgement.mandatoryTotal]).toEqual([23, 9]);
		expect(shown(judgement)).toMatchObject({
			lines: [{ applicability: 'applies', bucket: 'open', low: '5670.00', high: '5813.25' }],
			readiness: 'not_ready'
		});
		expect(judgement.summary.late).toEqual({});
		expect(judgement.holdsUntil).toBe(today);
	});

	it('changes no other order', () => {
		for (const demo of demoOrders.filter(({ number }) => number !== 'DEMO-VN-003')) {
			const judgement = judgeOrder(after, orderFacts(demo), itemFacts(demo, created), placesByKey, today);
			expect(shown(judgement)).toEqual(shown(judged(demo.number)));
		}
	});
});

describe('an order', () => {
	it('without declaration date or ETA has no date, and no line of it applies for sure', () => {
		const judgement = judged('DEMO-VN-001', { declarationOn: null, eta: null });
		expect(judgement).toMatchObject({ readiness: 'no_date', day: null, applicability: 'undetermined' });
		expect(judgement.lines[0]).toMatchObject({ bucket: 'prepared', low: 0, high: 580230 });
	});

	it('is judged by its ETA while no declaration is expected, and says so', () => {
		expect(judged('DEMO-VN-001', { declarationOn: null })).toMatchObject({
			day: '2026-12-11',
			dayAssumed: true
		});
	});

	it('with lines that differ is mixed', () => {
		expect(judged('DEMO-VN-004').applicability).toBe('mixed');
	});

	it('is asked for materials when the customer asks, without money', () => {
		const judgement = judged('DEMO-VN-003', { customerAsks: true });
		expect(judgement).toMatchObject({ readiness: 'not_ready', applicability: 'not_in_reported_scope' });
		expect(judgement.lines[0]).toMatchObject({ bucket: null, low: 0, high: 0 });
	});

	it('is undetermined, asked for nothing and without money while no rule is in use', () => {
		const judgement = judgeOrder(null, orderFacts(demoOrder('DEMO-VN-001')), [], placesByKey, today);
		expect(judgement).toMatchObject({ applicability: 'undetermined', readiness: 'not_asked' });
		expect(judgement.lines[0]).toMatchObject({ bucket: null, high: 0 });
	});

	it('shows its money but is not called ready while we only watch', () => {
		const judgement = judged('DEMO-VN-001', {}, () => []);
		expect(judgement.readiness).toBe('not_asked');
		expect(judgement.lines[0]).toMatchObject({ bucket: 'open', low: 570000 });
	});

	it('ignores what is no longer asked', () => {
		expect(judged('DEMO-VN-002', {}, edited('D2', { noLongerAsked: true })).readiness).toBe('ready');
	});

	it('sees evidence that expires in transit', () => {
		const evidence = { validFrom: null, validUntil: '2026-12-10' };
		const judgement = judged('DEMO-VN-001', {}, edited('D2', { evidence }));
		expect(judgement).toMatchObject({ readiness: 'not_ready', blocking: [6] });
		expect(judgement.lines[0]!.bucket).toBe('missing');
		expect(judgement.summary.materials.statement).toMatchObject({
			state: 'expired',
			validUntil: '2026-12-10'
		});
	});

	it('may be released internally, which makes it ready but leaves the money where it was', () => {
		const judgement = judged(
			'DEMO-VN-002',
			{},
			edited('D2', { state: 'released', releasedUntil: '2026-12-31' })
		);
		expect(judgement.readiness).toBe('ready');
		expect(judgement.lines[0]!.bucket).toBe('missing');
		expect(judgement.holdsUntil).toBe('2026-12-31');
	});

	it('counts late work by team and shows each material at its worst', () => {
		const { summary } = judged('DEMO-VN-004');
		expect(summary.late).toEqual({ documentation: 6, website: 4 });
		expect(summary.materials).toMatchObject({
			footprint: { state: 'ok', who: 'Lin Yutong' },
			statement: { state: 'missing', dueOn: '2026-11-10' },
			origin_map: { state: 'missing' }
		});
	});
});
