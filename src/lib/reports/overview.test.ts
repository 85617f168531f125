import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buckets, type Bucket, type Range } from '#lib/orders/judgement.ts';
import { overviewOf, type Rate, type Tally } from './overview.ts';

const cny: Rate = { from: 'CNY', to: 'USD', rate: '0.1400', on: '2026-11-20', source: 'demo' };

const range: fc.Arbitrary<Range> = fc
	.tuple(fc.nat(9_000_000), fc.nat(9_000_000))
	.map(([low, more]) => ({ low, high: low + more }));
const tally: fc.Arbitrary<Tally> = fc.record({
	place: fc.constantFrom('A', 'B', 'C'),
	week: fc.constantFrom('2026-11-30', '2026-12-07', null),
	payer: fc.constantFrom('exporter', 'importer'),
	currency: fc.constantFrom('USD', 'CNY', 'VND'),
	readiness: fc.constantFrom('ready', 'not_ready', 'not_asked', 'no_date'),
	orders: fc.integer({ min: 1, max: 50 }),
	value: fc.nat(90_000_000),
	exposure: fc.record(
		Object.fromEntries(buckets.map((bucket) => [bucket, range])) as Record<Bucket, fc.Arbitrary<Range>>
	)
});

describe('the management overview', () => {
	it('adds payers up to their bucket and cells to the orders asked, whatever the orders', () => {
		fc.assert(
			fc.property(fc.array(tally, { maxLength: 30 }), (tallies) => {
				const overview = overviewOf(tallies, [cny], 'USD');
				for (const { total, exporter, importer } of overview.money) {
					expect(exporter.low + importer.low).toBe(total.low);
					expect(exporter.high + importer.high).toBe(total.high);
					expect(total.low).toBeLessThanOrEqual(total.high);
				}
				const cells = overview.rows.flatMap((row) => row.cells);
				expect(cells.reduce((all, cell) => all + cell.asked, 0)).toBe(overview.asked);
				expect(cells.reduce((all, cell) => all + cell.ready, 0)).toBe(overview.ready);
				expect(overview.asked + overview.notAsked).toBe(tallies.reduce((all, one) => all + one.orders, 0));
			}),
			{ numRuns: 500 }
		);
	});

	it('never folds what is prepared into the risk, nor to zero', () => {
		const prepared = { low: 570_000, high: 580_230 };
		const zero = { low: 0, high: 0 };
		const overview = overviewOf(
			[
				{
					...{ place: 'A', week: '2026-12-07', payer: 'importer', currency: 'USD', readiness: 'ready' },
					...{ orders: 1, value: 3_800_000 },
					exposure: { prepared, may_not_apply: zero, missing: zero, open: zero }
				}
			],
			[],
			'USD'
		);
		expect(overview.atRisk).toEqual({ ...zero, exporter: zero });
		expect(overview.money.find(({ bucket }) => bucket === 'prepared')!.total).toEqual(prepared);
		expect(overview.readyValue).toBe(1);
	});

	it('shows the weeks between too, and last the orders without a date', () => {
		const arriving = (week: string | null): Tally => ({
			...{
				place: 'A',
				week,
				payer: 'importer',
				currency: 'USD',
				readiness: 'not_ready',
				orders: 1,
				value: 1
			},
			exposure: Object.fromEntries(buckets.map((one) => [one, { low: 0, high: 0 }])) as Tally['exposure']
		});
		const some = [arriving(null), arriving('2026-12-14'), arriving('2026-11-30')];
		expect(overviewOf(some, [], 'USD').weeks).toEqual(['2026-11-30', '2026-12-07', '2026-12-14', null]);
		const far = [arriving('2026-11-30'), arriving('2027-11-29')];
		expect(overviewOf(far, [], 'USD').weeks).toEqual(['2026-11-30', '2027-11-29']);
	});

	it('says which currency has no rate instead of counting its money as nothing', () => {
		fc.assert(
			fc.property(tally, (one) => {
				const overview = overviewOf([{ ...one, currency: 'VND' }], [cny], 'USD');
				expect(overview.withoutRate).toEqual([{ currency: 'VND', orders: one.orders }]);
			})
		);
	});
});
