import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { counting } from '../../../tests/support/counting.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { demoDay, withDemo } from '../../../tests/support/demo.ts';
import { readManagement } from './management.server.ts';

const zone = 'Asia/Ho_Chi_Minh';
const day = { on: demoDay, today: demoDay, zone };

describeWithDatabase('the management page', (at) => {
	it('asks the database the same number of questions for six orders as for sixty', async () => {
		await withDemo(at.db);
		const six = counting(at.database);
		expect((await readManagement(six.db, day)).overview.asked).toBe(5);
		await tenfold();
		const sixty = counting(at.database);
		expect((await readManagement(sixty.db, day)).overview.asked).toBe(50);
		expect(sixty.count()).toBe(six.count());
		expect(six.count()).toBe(18);
	});

	it('says what its figures rest on, and in whose words', async () => {
		await withDemo(at.db);
		const page = await readManagement(at.db, day);
		expect(page.basis).toMatchObject({ version: 1, knownOn: '2026-07-05', certainty: 'uncorroborated' });
		expect(page.basis!.assumptions).toBeGreaterThan(0);
		expect(Object.keys(page.placeNames).sort()).toEqual(page.overview.rows.map(({ place }) => place));
		expect(page.hanging.find(({ question }) => question === 'Q10')?.assumption.en).toBeTruthy();
	});

	it('has an answer in a workspace where nothing is recorded yet', async () => {
		const page = await readManagement(at.db, day);
		expect(page).toMatchObject({ basis: null, reality: null, waiting: [], late: [], useful: [] });
		expect(page.overview).toMatchObject({ asked: 0, ready: 0, readyValue: null, rows: [] });
	});

	it('asks for a decision once for work that many orders carry', async () => {
		await withDemo(at.db);
		await at.db.execute(
			sql`update checklist_items set state = 'open', accepted_by = null, accepted_at = null`
		);
		await at.db.execute(sql`
			with root as (select min(id) as id from checklist_items where key = 'D2')
			update checklist_items set state = 'prepared', prepared_by = 1, prepared_at = now(),
				carried_from = nullif((select id from root), checklist_items.id)
			where key = 'D2'`);
		const { waiting } = await readManagement(at.db, day);
		expect(waiting).toContainEqual(expect.objectContaining({ kind: 'acceptance', count: 1 }));
	});

	/** Nine more of each order, with their lines and kept judgements. */
	async function tenfold() {
		await at.db.execute(sql`
			with copies as (
				insert into orders (number, buyer, importer_id, incoterm, place_key, eta, declaration_on, currency)
				select o.number || '-' || n, o.buyer, o.importer_id, o.incoterm, o.place_key, o.eta, o.declaration_on, o.currency
				from orders o cross join generate_series(1, 9) n returning id, number
			), lines as (
				insert into order_lines (order_id, position, product_id, quantity, fob_minor)
				select c.id, l.position, l.product_id, l.quantity, l.fob_minor
				from copies c join orders o on c.number like o.number || '-%' join order_lines l on l.order_id = o.id
			)
			insert into order_judgements select c.id, (j).version_id, (j).judged_on, (j).holds_until, (j).readiness,
				(j).applicability, (j).mandatory_total, (j).mandatory_holding, (j).payer, (j).prepared_low,
				(j).prepared_high, (j).may_not_apply_low, (j).may_not_apply_high, (j).missing_low, (j).missing_high,
				(j).open_low, (j).open_high, (j).summary
			from copies c join orders o on c.number like o.number || '-%' join order_judgements j on j.order_id = o.id`);
	}
});
