import { expect, it } from 'vitest';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { personCalled, withDemo } from '../../../tests/support/demo.ts';
import { activityPage, type ActivityFilters } from './activity.server.ts';

const all: ActivityFilters = { person: null, subject: null, order: '', before: null };

describeWithDatabase('the activity', (at) => {
	it('turns its pages without a gap or a repeat, newest first', async () => {
		await withDemo(at.db);
		const whole = await activityPage(at.db, all, 1000);
		const ids: number[] = [];
		let before: number | null = null;
		do {
			const page = await activityPage(at.db, { ...all, before }, 7);
			ids.push(...page.rows.map(({ id }) => id));
			before = page.next;
		} while (before !== null);
		expect(ids).toEqual(whole.rows.map(({ id }) => id));
		expect(ids).toEqual([...ids].sort((a, b) => b - a));
		expect(ids.length).toBeGreaterThan(20);
	});

	it('narrows to a person, a kind of record, an order, and to all of them together', async () => {
		await withDemo(at.db);
		const lead = await personCalled(at.db, 'lead');
		const byLead = (await activityPage(at.db, { ...all, person: lead.id }, 500)).rows;
		expect(new Set(byLead.map(({ person }) => person))).toEqual(new Set([lead.name]));
		const { rows, known } = await activityPage(at.db, { ...all, order: 'DEMO-VN-001' }, 500);
		expect(rows.length).toBeGreaterThan(0);
		const touches = rows.map((row) => known.orders.get(row.order ?? row.subjectId));
		expect(new Set(touches)).toEqual(new Set(['DEMO-VN-001']));
		const narrow = { ...all, order: 'DEMO-VN-001', person: lead.id, subject: 'checklist_item' as const };
		const both = (await activityPage(at.db, narrow, 500)).rows;
		expect(both.length).toBeGreaterThan(0);
		expect(both.length).toBeLessThan(byLead.length);
		expect((await activityPage(at.db, { ...all, order: 'NO-SUCH' }, 5)).rows).toEqual([]);
	});
});
