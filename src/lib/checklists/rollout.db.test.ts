import { and, eq, isNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { activity } from '#lib/activity/tables.ts';
import { changes, measures } from '#lib/changes/tables.ts';
import { minorOf } from '#lib/money.ts';
import { orders } from '#lib/orders/tables.ts';
import { ruleVersions } from '#lib/rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { demoDay, personCalled, withDemo } from '../../../tests/support/demo.ts';
import { acceptItem, prepareItem } from './deeds.server.ts';
import { judgedOn } from './judging.server.ts';
import { previewChange, publishChange, withdrawChange } from './rollout.server.ts';
import { checklistItems } from './tables.ts';

/** Port: Da Nang joins from 1 December, as a trade desk reported it. */
async function daNang(db: Db): Promise<number> {
	const [measure] = await db.select().from(measures);
	const [row] = await db
		.insert(changes)
		.values({
			...{ measure: measure!.id, kind: 'port', state: 'in_review', title: { en: 'Da Nang added' } },
			appliesFrom: '2026-12-01',
			effects: [
				{ part: 'place', op: 'set', value: 'VNDAD', from: '2026-12-01', until: null, cites: ['C05', 'Q18'] }
			]
		})
		.returning({ id: changes.id });
	return row!.id;
}

async function orderCalled(db: Db, number: string) {
	const [row] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
	const [judged] = await judgedOn(db, [row!.id], demoDay);
	return judged!;
}

async function itemOf(db: Db, order: number, key: string) {
	const [row] = await db
		.select()
		.from(checklistItems)
		.where(and(eq(checklistItems.order, order), eq(checklistItems.key, key)));
	return row!;
}

describeWithDatabase('a port change', (at) => {
	it('reaches DEMO-VN-003 and no other order, by preview and by publishing alike', async () => {
		await withDemo(at.db);
		const compliance = await personCalled(at.db, 'compliance');
		const change = await daNang(at.db);
		const preview = await previewChange(at.db, change, demoDay);
		expect(preview.reached.map((order) => order.number)).toEqual(['DEMO-VN-003']);
		expect([preview.released, preview.altered]).toEqual([[], []]);
		expect(preview.unchanged).toBe(5);
		expect(preview.itemsAdded).toBe(23);
		expect(preview.itemsStale).toBe(0);
		expect(preview.reached[0]).toMatchObject({
			before: 'not_in_reported_scope',
			after: 'applies',
			mandatoryAdded: 9
		});
		const money = { low: minorOf('5670.00', 'USD'), high: minorOf('5813.25', 'USD') };
		expect(preview.reached[0]!.exposureAfter.open).toEqual(money);

		await publishChange(at.db, compliance, change, undefined, demoDay);
		const { judgement, items } = await orderCalled(at.db, 'DEMO-VN-003');
		expect(items).toHaveLength(23);
		expect(judgement.mandatoryTotal).toBe(9);
		expect(judgement.exposure.open).toEqual(money);
		expect(judgement.readiness).toBe('not_ready');
		const others = (await judgedOn(at.db, 'open', demoDay)).filter(
			({ order }) => order.number !== 'DEMO-VN-003'
		);
		expect(others.map(({ judgement }) => judgement.readiness)).toEqual([
			...['ready', 'not_ready', 'not_ready', 'not_ready', 'not_ready']
		]);
	});

	it('carries the acceptances of the sensor to the order it reaches, with the name of who accepted', async () => {
		await withDemo(at.db);
		await publishChange(
			at.db,
			await personCalled(at.db, 'compliance'),
			await daNang(at.db),
			undefined,
			demoDay
		);
		const lead = await personCalled(at.db, 'lead');
		const { order } = await orderCalled(at.db, 'DEMO-VN-003');
		const carried = await itemOf(at.db, order.id, 'D1');
		expect(carried).toMatchObject({ state: 'accepted', acceptedBy: lead.id });
		expect(carried.carriedFrom).not.toBeNull();
		expect((await itemOf(at.db, order.id, 'D2')).state).toBe('open');
	});

	it('moves to prepared when the materials are accepted, and is ready only with S1, K2 and D4 too', async () => {
		await withDemo(at.db);
		const compliance = await personCalled(at.db, 'compliance');
		await publishChange(at.db, compliance, await daNang(at.db), undefined, demoDay);
		const { order } = await orderCalled(at.db, 'DEMO-VN-003');
		const done = { revision: null, note: 'done' };
		const documentation = await personCalled(at.db, 'documentation');
		const d2 = await itemOf(at.db, order.id, 'D2');
		await prepareItem(at.db, documentation, d2.id, done, { on: demoDay });
		await expect(acceptItem(at.db, documentation, d2.id, { on: demoDay })).rejects.toThrow('own_work');
		await acceptItem(at.db, compliance, d2.id, { on: demoDay });
		const website = await personCalled(at.db, 'website');
		await prepareItem(at.db, website, (await itemOf(at.db, order.id, 'W2')).id, done, { on: demoDay });
		const prepared = (await orderCalled(at.db, 'DEMO-VN-003')).judgement;
		expect(prepared.exposure.prepared.low).toBe(minorOf('5670.00', 'USD'));
		expect(prepared.readiness).toBe('not_ready');
		expect(prepared.summary.blockingKeys).toEqual(['D4', 'K2', 'S1']);

		await prepareItem(at.db, documentation, (await itemOf(at.db, order.id, 'D4')).id, done, { on: demoDay });
		const customs = await personCalled(at.db, 'customs');
		await prepareItem(at.db, customs, (await itemOf(at.db, order.id, 'K2')).id, done, { on: demoDay });
		const sales = await personCalled(at.db, 'sales');
		await prepareItem(at.db, sales, (await itemOf(at.db, order.id, 'S1')).id, done, { on: demoDay });
		expect((await orderCalled(at.db, 'DEMO-VN-003')).judgement.readiness).toBe('ready');
	});

	it('withdrawn again restores the scope, keeps the history, and cannot be published twice', async () => {
		await withDemo(at.db);
		const compliance = await personCalled(at.db, 'compliance');
		const change = await daNang(at.db);
		await publishChange(at.db, compliance, change, undefined, demoDay);
		await expect(publishChange(at.db, compliance, change, undefined, demoDay)).rejects.toThrow(
			'not_in_review'
		);
		await withdrawChange(at.db, compliance, change, { reason: 'The circular was taken back.' }, demoDay);
		const { judgement, items, order } = await orderCalled(at.db, 'DEMO-VN-003');
		expect(judgement.readiness).toBe('not_asked');
		expect(items).toEqual([]);
		const kept = await at.db.select().from(checklistItems).where(eq(checklistItems.order, order.id));
		expect(kept).toHaveLength(23);
		const versions = await at.db.select().from(ruleVersions).orderBy(ruleVersions.number);
		expect(versions.map((version) => version.number)).toEqual([1, 2, 3]);
		expect(versions[2]!.hash).toBe(versions[0]!.hash);
		const deeds = await at.db.select().from(activity).where(eq(activity.subject, 'change'));
		expect(deeds.map((row) => row.deed)).toContain('change.withdrawn');
	});

	it('withdrawing the only change releases the orders it reached and touches no other', async () => {
		await withDemo(at.db);
		const [pilot] = await at.db.select().from(changes);
		const preview = await previewChange(at.db, pilot!.id, demoDay, 'withdraw');
		expect(preview.reached).toEqual([]);
		expect(preview.released).toHaveLength(5);
		expect(preview.unchanged).toBe(1);
		const compliance = await personCalled(at.db, 'compliance');
		await withdrawChange(at.db, compliance, pilot!.id, { reason: 'The report was taken back.' }, demoDay);
		const judged = await judgedOn(at.db, 'open', demoDay);
		expect(new Set(judged.map(({ judgement }) => judgement.readiness))).toEqual(new Set(['not_asked']));
	});

	it('is refused to who may not publish, and then changes nothing', async () => {
		await withDemo(at.db);
		const change = await daNang(at.db);
		for (const name of ['sales', 'management', 'admin']) {
			const person = await personCalled(at.db, name);
			await expect(publishChange(at.db, person, change, undefined, demoDay)).rejects.toThrow('refusal.role');
		}
		expect(await at.db.select().from(ruleVersions)).toHaveLength(1);
	});
});

describeWithDatabase('accepting one statement', (at) => {
	it('completes that item on every order of the product', async () => {
		await withDemo(at.db);
		const documentation = await personCalled(at.db, 'documentation');
		const compliance = await personCalled(at.db, 'compliance');
		await publishChange(at.db, compliance, await daNang(at.db), undefined, demoDay);
		const third = await orderCalled(at.db, 'DEMO-VN-003');
		const item = await itemOf(at.db, third.order.id, 'D2');
		await prepareItem(at.db, documentation, item.id, { revision: null, note: 'x' }, { on: demoDay });
		await acceptItem(at.db, compliance, item.id, { on: demoDay });
		const all = await at.db
			.select()
			.from(checklistItems)
			.where(
				and(
					eq(checklistItems.key, 'D2'),
					eq(checklistItems.product, item.product!),
					isNull(checklistItems.noLongerAskedAt)
				)
			);
		expect(all.length).toBeGreaterThan(1);
		expect(all.map((row) => [row.state, row.acceptedBy])).toEqual(all.map(() => ['accepted', compliance.id]));
	});
});
