import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { demoDay, withDemo } from '../../../tests/support/demo.ts';
import { changes } from '#lib/changes/tables.ts';
import { orders } from '#lib/orders/tables.ts';
import { sources } from '#lib/sources/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import { firstSteps, latestNews, shipsWithGap } from './today.server.ts';

describeWithDatabase('today', (at) => {
	it('names the orders that leave within a week with something missing, and no others', async () => {
		await withDemo(at.db);
		const leaving = async () => (await shipsWithGap(at.db, demoDay)).map(({ number, etd }) => [number, etd]);
		await at.db.update(orders).set({ etd: '2026-12-20' });
		expect(await leaving()).toEqual([]);
		await at.db.update(orders).set({ etd: '2026-11-30' }).where(eq(orders.number, 'DEMO-VN-002'));
		await at.db.update(orders).set({ etd: '2026-11-27' }).where(eq(orders.number, 'DEMO-VN-004'));
		// Ready, so that it may leave.
		await at.db.update(orders).set({ etd: '2026-11-24' }).where(eq(orders.number, 'DEMO-VN-001'));
		// Left already.
		await at.db.update(orders).set({ etd: '2026-11-22' }).where(eq(orders.number, 'DEMO-VN-006'));
		expect(await leaving()).toEqual([
			['DEMO-VN-004', '2026-11-27'],
			['DEMO-VN-002', '2026-11-30']
		]);
		await at.db.update(orders).set({ closedAt: new Date() });
		expect(await leaving()).toEqual([]);
	});

	it('shows news of the rule with how certain it is: what one source reports is reported', async () => {
		await withDemo(at.db);
		const [stance, published] = await latestNews(at.db, 5);
		expect(stance).toMatchObject({ deed: 'stance.set', change: null });
		expect(published).toMatchObject({
			deed: 'change.published',
			change: { standing: { certainty: 'uncorroborated' } }
		});
	});

	it('knows which first steps of a new workspace are done', async () => {
		await loadStarterPack(at.db);
		const none = { pilot: false, orders: false, people: false, sources: false };
		expect(await firstSteps(at.db)).toEqual(none);
		await at.db.update(changes).set({ state: 'draft' });
		expect(await firstSteps(at.db)).toEqual({ ...none, pilot: true });
		await at.db.update(sources).set({ enabled: true }).where(eq(sources.kind, 'feed'));
		expect(await firstSteps(at.db)).toEqual({ ...none, pilot: true, sources: true });
	});
});
