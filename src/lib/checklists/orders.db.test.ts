import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import demoOrders from '../demo/orders.json' with { type: 'json' };
import { history } from '../activity/activity.server.ts';
import { amountOf } from '#lib/money.ts';
import type { Person } from '../people/roles.ts';
import { OrderForm, type OrderDetails } from '../orders/forms.ts';
import { orderValues } from '../orders/form-values.ts';
import { atRisk, bucketsWithMoney, orderFilters } from '../orders/list.ts';
import { readOrder } from '../orders/read.server.ts';
import { orderTotals } from '../orders/totals.server.ts';
import { orders } from '../orders/tables.ts';
import type { Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { counting } from '../../../tests/support/counting.ts';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { demoDay, personCalled, withDemo } from '../../../tests/support/demo.ts';
import {
	changeOrder,
	closeOrder,
	createOrder,
	recordCustomerAsks,
	reopenOrder
} from './order-deeds.server.ts';
import { listOrders } from './order-list.server.ts';
import { orderPage } from './order-page.server.ts';
import { checklistItems } from './tables.ts';

const days = { on: demoDay, today: demoDay };
const filters = (query = '') => orderFilters(new URLSearchParams(query));

describe('orders', () => {
	let test: TestDatabase;
	let db: Db;
	let sales: Person;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		db = test.db;
		await withDemo(db);
		sales = await personCalled(db, 'sales');
	});
	afterAll(() => test.close());

	const numbers = async (query = '', person: Person | null = sales) =>
		(await listOrders(db, person, filters(query), days)).rows.map((row) => row.number);
	const itemsOf = async (number: string) => (await orderPage(db, number, demoDay)).items;
	const details = async (number: string): Promise<OrderDetails> =>
		OrderForm.parse(orderValues(await readOrder(db, number)).values);

	describe('the list', () => {
		it.each(demoOrders.map((order) => [order.number, order.expected] as const))(
			'shows %s as its file expects',
			async (number, expected) => {
				const { rows } = await listOrders(db, sales, filters(), days);
				const row = rows.find((one) => one.number === number)!;
				const exposure = Object.fromEntries(
					bucketsWithMoney(row.exposure).map((bucket) => [
						bucket,
						{
							currency: row.currency,
							low: amountOf(row.exposure[bucket].low, row.currency),
							high: amountOf(row.exposure[bucket].high, row.currency)
						}
					])
				);
				expect(row.readiness).toBe(expected.readiness);
				expect(exposure).toEqual(expected.exposure);
			}
		);

		it('names who accepted a material and shows a statement that ends before arrival as expired', async () => {
			const { rows } = await listOrders(db, sales, filters('q=demo-vn-002'), days);
			expect(rows).toHaveLength(1);
			expect(rows[0]!.materials.footprint).toMatchObject({ state: 'ok', who: expect.any(String) });
			expect(rows[0]!.materials.statement!.state).toBe('expired');
		});

		it('narrows by what the address says', async () => {
			expect(await numbers('readiness=not_asked')).toEqual(['DEMO-VN-003']);
			expect(await numbers('q=PM-150W')).toContain('DEMO-VN-002');
			expect(await numbers('q=sao mai')).toEqual(['DEMO-VN-001']);
			expect(await numbers('q=%25')).toEqual([]);
			expect(await numbers('place=VNCLI')).toEqual(['DEMO-VN-001']);
			expect(await numbers('week=2026-12-09')).toEqual(['DEMO-VN-004', 'DEMO-VN-001']);
			expect(await numbers('bucket=prepared')).toContain('DEMO-VN-001');
			expect(await numbers('state=closed')).toEqual([]);
			expect(await numbers('readiness=nonsense')).toHaveLength(6);
		});

		it('shows only orders that wait for a team of mine, and none to who has no team', async () => {
			const management = await personCalled(db, 'management');
			expect(await numbers('mine=1', management)).toEqual([]);
			const mine = await numbers('mine=1', await personCalled(db, 'documentation'));
			expect(mine).toContain('DEMO-VN-002');
			expect(mine).not.toContain('DEMO-VN-003');
		});

		it.each(['arrival', 'number', 'risk'])('walks by %s from page to page, each order once', async (sort) => {
			const whole = await numbers(`sort=${sort}`);
			const walked: string[] = [];
			let after: string | null = '';
			while (after !== null) {
				const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(
					db,
					sales,
					{ ...filters(`sort=${sort}`), after },
					days,
					2
				);
				walked.push(...page.rows.map((row) => row.number));
				after = page.next;
			}
			expect(whole).toHaveLength(6);
			expect(walked).toEqual(whole);
		});

		it('sorts risk by what is at risk, prepared left out', async () => {
			const { rows } = await listOrders(db, sales, filters('sort=risk'), days);
			const high = rows.filter((row) => row.currency === 'USD').map((row) => atRisk(row.exposure).high);
			expect(high).toEqual([...high].sort((a, b) => b - a));
		});

		it('judges the rows for another day without keeping it', async () => {
			const on = { on: '2027-06-01', today: demoDay };
			const late = await listOrders(db, sales, filters(), on);
			expect(late.rows.find((row) => row.number === 'DEMO-VN-001')!.materials.statement).toBeDefined();
			expect(await numbers('readiness=ready')).toContain('DEMO-VN-001');
			const page = await listOrders(db, sales, filters('readiness=not_asked'), on, 1);
			expect(page.rows.map((row) => row.number)).toEqual(['DEMO-VN-003']);
		});

		it('adds up to the totals of the head line', async () => {
			const totals = await orderTotals(db);
			const ready = demoOrders.filter((order) => order.expected.readiness === 'ready').length;
			expect(totals).toMatchObject({ open: 6, asked: 5, ready });
		});

		it('asks three queries at most', async () => {
			const { db: counted, count } = counting(test);
			await listOrders(counted, sales, filters(), days);
			await orderTotals(counted);
			expect(count()).toBeLessThanOrEqual(3);
		});
	});

	describe('the order page', () => {
		it('asks as many queries for an order with 23 items as for one with none', async () => {
			const asked = async (number: string) => {
				const { db: counted, count } = counting(test);
				await orderPage(counted, number, demoDay);
				return count();
			};
			const without = await asked('DEMO-VN-003');
			expect(await itemsOf('DEMO-VN-001')).toHaveLength(23);
			// Nothing is cited where no money is shown: those six queries are spared.
			expect((await asked('DEMO-VN-001')) - without).toBeLessThanOrEqual(6);
			expect(await asked('DEMO-VN-001')).toBe(await asked('DEMO-VN-002'));
			expect(await asked('DEMO-VN-001')).toBeLessThanOrEqual(26);
		});

		it('says what an acceptance is carried from', async () => {
			const all = await Promise.all(demoOrders.map((order) => itemsOf(order.number)));
			const carried = all.flat().filter((item) => item.carriedFrom !== null);
			expect(carried.length).toBeGreaterThan(0);
			for (const item of carried) expect(item.who).not.toBeNull();
		});

		it('is not there for an unknown number', async () => {
			await expect(orderPage(db, 'VN-0000', demoDay)).rejects.toMatchObject({ status: 404 });
		});
	});

	describe('keeping orders', () => {
		const write = async (number: string, change: Partial<OrderDetails>) => {
			const { version } = await readOrder(db, number);
			const next = { version, details: { ...(await details(number)), ...change } };
			await changeOrder(db, sales, number, next, demoDay);
		};

		it('carries to a new order what was accepted for its product, with the name', async () => {
			const likeFirst = { ...(await details('DEMO-VN-001')), number: 'VN-0200' };
			await createOrder(db, sales, likeFirst, demoDay);
			const items = await itemsOf('VN-0200');
			expect(items).toHaveLength(23);
			const statement = items.find((item) => item.condition === 'statement')!;
			expect(statement).toMatchObject({ state: 'accepted', carriedFrom: 'DEMO-VN-001' });
			expect(statement.who).not.toBeNull();
			const scope = items.find((item) => item.mandatory && item.condition === null && item.state === 'open');
			expect(scope, 'what covers one order alone is not carried').toBeDefined();
			const [created] = await history(db, { order: (await readOrder(db, 'VN-0200')).id, limit: 1 });
			expect(created).toMatchObject({ deed: 'order.created', person: sales.name });
		});

		it('turns the statement, and nothing else, when the arrival moves past its last day', async () => {
			await write('VN-0200', { eta: '2028-03-09', declarationOn: null });
			const before = await itemsOf('VN-0200');
			const statement = before.find((item) => item.condition === 'statement' && item.validUntil)!;
			expect(statement).toMatchObject({ validUntil: '2028-03-09', holds: true });
			await write('VN-0200', { eta: '2028-03-10' });
			const after = await itemsOf('VN-0200');
			const turned = after.filter((item, index) => item.holds !== before[index]!.holds);
			expect(turned.map((item) => item.id)).toEqual([statement.id]);
			expect(turned[0]).toMatchObject({ expired: true, state: 'accepted' });
			const first = await readOrder(db, 'DEMO-VN-001');
			await write('VN-0200', { eta: first.eta, declarationOn: first.declarationOn });
		});

		it('opens what covers an importer at a place when the place changes, and carries what covers the new one', async () => {
			const at = async (number: string) =>
				db
					.select()
					.from(checklistItems)
					.where(eq(checklistItems.order, (await readOrder(db, number)).id))
					.then((rows) => rows.filter((row) => row.covers === 'importer_place' && row.state === 'accepted'));
			const served = await at('DEMO-VN-001');
			expect(served.length).toBeGreaterThan(0);
			expect((await at('VN-0200')).length).toBe(served.length);
			await write('VN-0200', { place: 'VNHPH' });
			expect(await at('VN-0200')).toEqual([]);
			await write('VN-0200', { place: 'VNCLI' });
			expect((await at('VN-0200')).map((row) => row.key)).toEqual(served.map((row) => row.key));
		});

		it('tells the second of two people, with the order as it is now, and changes nothing', async () => {
			const seen = await readOrder(db, 'DEMO-VN-004');
			await write('DEMO-VN-004', { namedPlace: 'Shenzhen' });
			const mine = {
				version: seen.version,
				details: { ...(await details('DEMO-VN-004')), namedPlace: 'Zhuhai' }
			};
			const refusal = (await changeOrder(db, sales, 'DEMO-VN-004', mine, demoDay).catch(
				(error: unknown) => error
			)) as Refusal;
			expect(refusal).toMatchObject({ status: 412, current: { version: seen.version + 1 } });
			expect((refusal.current as { values: Record<string, string> }).values.namedPlace).toBe('Shenzhen');
			expect((await readOrder(db, 'DEMO-VN-004')).namedPlace).toBe('Shenzhen');
		});

		it('refuses a number that is taken and a product nobody knows, beside the field', async () => {
			const taken = await details('DEMO-VN-001');
			await expect(createOrder(db, sales, taken, demoDay)).rejects.toMatchObject({
				status: 400,
				fields: { number: { key: 'orders.form.number_taken' } }
			});
			const lines = [{ ...taken.lines[0]!, row: 3, sku: 'NOTHING' }];
			await expect(
				createOrder(db, sales, { ...taken, number: 'VN-9', lines }, demoDay)
			).rejects.toMatchObject({
				fields: { 'lines.3.sku': { key: 'orders.form.product_unknown' } }
			});
			expect((await db.select().from(orders).where(eq(orders.number, 'VN-9'))).length).toBe(0);
		});

		it('lets only those who edit orders write', async () => {
			const management = await personCalled(db, 'management');
			const one = { ...(await details('DEMO-VN-001')), number: 'VN-8' };
			await expect(createOrder(db, management, one, demoDay)).rejects.toMatchObject({ status: 403 });
			await expect(createOrder(db, null, one, demoDay)).rejects.toMatchObject({ status: 401 });
		});

		it('builds a checklist without money where the customer asks, and folds it away when no more', async () => {
			const { version } = await readOrder(db, 'DEMO-VN-003');
			await recordCustomerAsks(db, sales, 'DEMO-VN-003', { version, asks: true }, demoDay);
			const asked = await orderPage(db, 'DEMO-VN-003', demoDay);
			expect(asked.items.length).toBeGreaterThan(0);
			expect(asked.judgement.readiness).toBe('not_ready');
			expect(bucketsWithMoney(asked.judgement.exposure)).toEqual([]);
			const again = { version: version + 1, asks: false };
			await recordCustomerAsks(db, sales, 'DEMO-VN-003', again, demoDay);
			const left = (await itemsOf('DEMO-VN-003')).filter((item) => !item.noLongerAsked);
			expect(left).toEqual([]);
		});

		it('closes and takes up again, and edits nothing while closed', async () => {
			const { version } = await readOrder(db, 'VN-0200');
			await closeOrder(db, sales, 'VN-0200', version);
			expect(await numbers()).not.toContain('VN-0200');
			expect(await numbers('state=closed')).toEqual(['VN-0200']);
			await expect(write('VN-0200', {})).rejects.toMatchObject({ key: 'orders.refusal.closed' });
			await reopenOrder(db, sales, 'VN-0200', version + 1, demoDay);
			expect(await numbers()).toContain('VN-0200');
		});
	});
});
