import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgedOn, type Judged } from '#lib/checklists/judging.server.ts';
import { amountOf } from '#lib/money.ts';
import { buckets } from '#lib/orders/judgement.ts';
import { orderJudgements, orders } from '#lib/orders/tables.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import demoOrders from './orders.json' with { type: 'json' };
import { loadDemo } from './demo.server.ts';

const day = '2026-11-23';

describe('the demo workspace on 23 November 2026', () => {
	let test: TestDatabase;
	let folder: string;
	let judged: Judged[];

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		folder = await mkdtemp(path.join(tmpdir(), 'ruleline-demo-'));
		await loadDemo(test.db, createStorage(folder), day);
		judged = await judgedOn(test.db, 'open', day);
	});
	afterAll(async () => {
		await test.close();
		await rm(folder, { recursive: true });
	});

	it.each(demoOrders.map((order) => [order.number, order.expected] as const))(
		'%s gives what its file expects',
		(number, expected) => {
			const { judgement, order } = judged.find((one) => one.order.number === number)!;
			const exposure = Object.fromEntries(
				buckets
					.filter((bucket) => judgement.exposure[bucket].high > 0)
					.map((bucket) => [
						bucket,
						{
							currency: order.currency,
							low: amountOf(judgement.exposure[bucket].low, order.currency),
							high: amountOf(judgement.exposure[bucket].high, order.currency)
						}
					])
			);
			expect(judgement.readiness).toBe(expected.readiness);
			expect(judgement.summary.blockingKeys).toEqual(expected.blocking);
			expect(exposure).toEqual(expected.exposure);
			expect(
				judgement.lines.map(({ sku, applicability, bucket }) => ({ sku, applicability, bucket }))
			).toEqual(expected.lines.map(({ sku, applicability, bucket }) => ({ sku, applicability, bucket })));
		}
	);

	it('keeps for lists what the pure function says', async () => {
		const kept = await test.db.select().from(orderJudgements);
		expect(kept).toHaveLength(6);
		for (const row of kept) {
			const { judgement } = judged.find((one) => one.order.id === row.order)!;
			expect([row.readiness, row.missingHigh, row.preparedLow, row.mandatoryHolding]).toEqual([
				judgement.readiness,
				judgement.exposure.missing.high,
				judgement.exposure.prepared.low,
				judgement.mandatoryHolding
			]);
		}
	});

	it('asks 23 items of an order of one product and none of the one outside the named places', async () => {
		const counts = new Map(judged.map(({ order, items }) => [order.number, items.length]));
		expect(counts.get('DEMO-VN-001')).toBe(23);
		expect(counts.get('DEMO-VN-003')).toBe(0);
		expect((await test.db.select().from(orders)).length).toBe(6);
	});
});
