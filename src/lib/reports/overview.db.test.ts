import { expect, it } from 'vitest';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { demoDay, withDemo } from '../../../tests/support/demo.ts';
import { hangingOn, lateByTeam, mostUsefulNext, readOverview } from './overview.server.ts';
import { decisionsWaiting, reality } from './reality.server.ts';

describeWithDatabase('the overview of the demo workspace', (at) => {
	it('adds the six orders up, the same from kept judgements as judged anew', async () => {
		await withDemo(at.db);
		const kept = await readOverview(at.db, demoDay, demoDay);
		const judged = await readOverview(at.db, demoDay, '2026-11-24');
		expect({ ...kept, weeks: kept.weeks.length }).toEqual({ ...judged, weeks: judged.weeks.length });
		expect([kept.ready, kept.asked, kept.notAsked]).toEqual([1, 5, 1]);
		const money = Object.fromEntries(kept.money.map(({ bucket, total }) => [bucket, total]));
		// Prepared: 5,700.00-5,802.30 of DEMO-VN-001 and 0.00-3,634.65 of DEMO-VN-005.
		expect(money.prepared).toEqual({ low: 570_000, high: 943_695 });
		// Missing: 4,725.00-4,862.40 of DEMO-VN-002 and 990.00-1,014.46 of DEMO-VN-004.
		expect(money.missing).toEqual({ low: 571_500, high: 587_686 });
		// May not apply: 2,382.44 USD of DEMO-VN-004 and 10,608.00 CNY at 0.14 of DEMO-VN-006, which we would pay.
		expect(money.may_not_apply).toEqual({ low: 0, high: 386_756 });
		expect(kept.atRisk.exporter).toEqual({ low: 0, high: 148_512 });
		expect(kept.rates).toMatchObject([{ from: 'CNY', to: 'USD', rate: '0.1400', on: '2026-11-20' }]);
	});

	it('says who is late, what would help most, what it hangs on and what waits', async () => {
		await withDemo(at.db);
		const late = await lateByTeam(at.db, demoDay);
		expect(late[0]).toMatchObject({ team: 'documentation', oldest: 13 });
		const useful = await mostUsefulNext(at.db, await readOverview(at.db, demoDay, demoDay), 3);
		expect(useful[0]).toEqual({
			condition: 'statement',
			sku: 'QL-PM-150W-24',
			orders: 1,
			high: 486_240
		});
		expect(await hangingOn(at.db)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ question: 'Q10', orders: 2 }),
				expect.objectContaining({ question: 'Q11', orders: 2 })
			])
		);
		expect((await decisionsWaiting(at.db, demoDay)).map(({ kind }) => kind)).toEqual(['acceptance']);
		const real = await reality(at.db, demoDay, 'Asia/Ho_Chi_Minh');
		expect(real).toMatchObject({ stance: 'prepare', reviewOn: '2026-12-01', silentDays: 141 });
		expect(real).toMatchObject({ reportedOn: '2026-07-05', official: 0 });
	});
});
