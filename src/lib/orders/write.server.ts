import { eq, inArray, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { places } from '../rules/tables.ts';
import { Refusal, stale } from '#lib/refusal.ts';
import { violated, type Db } from '#lib/server/db/db.ts';
import { orderValues } from './form-values.ts';
import type { LineDetails, OrderDetails } from './forms.ts';
import { readOrder, type ReadOrder } from './read.server.ts';
import { importers, orderLines, orders, products } from './tables.ts';

/**
 * Writes an order and its lines. Call it in a transaction that brings its checklist in line afterwards.
 * @returns its id @throws Refusal 400 beside the field, 403
 */
export async function insertOrder(tx: Db, by: Person | null, details: OrderDetails): Promise<number> {
	const person = editor(by);
	const lines = await knownLines(tx, details);
	const columns = await columnsOf(tx, details);
	const id = await named(details.number, async () => {
		const [row] = await tx.insert(orders).values(columns).returning({ id: orders.id });
		return row!.id;
	});
	await tx.insert(orderLines).values(lines.map((line) => ({ ...line, order: id })));
	await record(tx, {
		person: person.id,
		deed: 'order.created',
		subject: 'order',
		subjectId: id,
		order: id,
		data: { number: details.number }
	});
	return id;
}

/** What a change of an order did, for what hangs on it. */
export interface ChangedOrder {
	id: number;
	/** Work for an importer at a place serves another importer or place no more. */
	importerOrPlace: boolean;
}

/** Changes an order of the version the person looked at. @throws Refusal 400, 403, 404, 409 closed, 412 with both versions */
export async function updateOrder(
	tx: Db,
	by: Person | null,
	number: string,
	version: number,
	details: OrderDetails
): Promise<ChangedOrder> {
	const person = editor(by);
	const before = await takeOrder(tx, number, version);
	if (before.closedAt) throw new Refusal('orders.refusal.closed');
	const lines = await knownLines(tx, details);
	const columns = await columnsOf(tx, details);
	await named(details.number, () =>
		tx
			.update(orders)
			.set({ ...columns, version: version + 1 })
			.where(eq(orders.id, before.id))
	);
	await tx.delete(orderLines).where(eq(orderLines.order, before.id));
	await tx.insert(orderLines).values(lines.map((line) => ({ ...line, order: before.id })));
	const after = await readOrder(tx, details.number);
	await record(tx, changed(person, after, 'facts', differences(before, after)));
	return {
		id: before.id,
		importerOrPlace: before.importer !== after.importer || before.place !== after.place
	};
}

/** Closes an order that was shipped and cleared, or takes it up again. @returns its id */
export async function setClosed(
	tx: Db,
	by: Person | null,
	number: string,
	{ version, closed }: { version: number; closed: boolean }
): Promise<number> {
	const person = editor(by);
	const before = await takeOrder(tx, number, version);
	const stage = closed ? 'cleared' : 'shipped';
	await tx
		.update(orders)
		.set({ closedAt: closed ? sql`now()` : null, stage, version: version + 1 })
		.where(eq(orders.id, before.id));
	await record(tx, changed(person, before, closed ? 'closed' : 'reopened', { stage: [before.stage, stage] }));
	return before.id;
}

/** Records that the customer asks for the materials, whatever the rule says, or no longer does. @returns its id */
export async function setCustomerAsks(
	tx: Db,
	by: Person | null,
	number: string,
	{ version, asks }: { version: number; asks: boolean }
): Promise<number> {
	const person = editor(by);
	const before = await takeOrder(tx, number, version);
	if (before.closedAt) throw new Refusal('orders.refusal.closed');
	await tx
		.update(orders)
		.set({ customerAsks: asks, version: version + 1 })
		.where(eq(orders.id, before.id));
	const what = asks ? 'customer_asks' : 'customer_asks_not';
	await record(tx, changed(person, before, what, { customerAsks: [!asks, asks] }));
	return before.id;
}

/** Locks the order, so that of two people one is first and the other is told. */
async function takeOrder(tx: Db, number: string, version: number): Promise<ReadOrder> {
	await tx.select({ id: orders.id }).from(orders).where(eq(orders.number, number)).for('update');
	const order = await readOrder(tx, number);
	if (order.version !== version) throw stale(orderValues(order));
	return order;
}

async function columnsOf(tx: Db, details: OrderDetails) {
	const { lines: _lines, importer, ...columns } = details;
	const [place] = await tx.select({ key: places.key }).from(places).where(eq(places.key, details.place));
	if (!place) throw wrong({ place: { key: 'orders.form.place_unknown' } });
	await tx.insert(importers).values({ name: importer }).onConflictDoNothing();
	const [row] = await tx.select({ id: importers.id }).from(importers).where(eq(importers.name, importer));
	return { ...columns, importer: row!.id };
}

async function knownLines(tx: Db, { lines }: OrderDetails) {
	const skus = lines.map((line) => line.sku);
	const found = await tx
		.select({ id: products.id, sku: products.sku })
		.from(products)
		.where(inArray(products.sku, skus));
	const ids = new Map(found.map(({ id, sku }) => [sku, id]));
	const unknown = lines.filter((line) => !ids.has(line.sku));
	if (unknown.length)
		throw wrong(
			Object.fromEntries(
				unknown.map((line) => [`lines.${line.row}.sku`, { key: 'orders.form.product_unknown' as const }])
			)
		);
	return lines.map((line, index) => ({
		position: index + 1,
		product: ids.get(line.sku)!,
		...pick(line)
	}));
}

function pick({ quantity, fobMinor, originCountry }: LineDetails) {
	return { quantity, fobMinor, originCountry };
}

async function named<T>(number: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (violated(error) !== 'orders_number') throw error;
		throw wrong({ number: { key: 'orders.form.number_taken', args: { number } } });
	}
}

function wrong(fields: Refusal['fields']): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields });
}

type What = 'facts' | 'closed' | 'reopened' | 'customer_asks' | 'customer_asks_not';

function changed(person: Person, order: ReadOrder, what: What, changes: Record<string, [unknown, unknown]>) {
	const data = { number: order.number, what, changes };
	const about = { subject: 'order', subjectId: order.id, order: order.id };
	return { person: person.id, deed: 'order.changed' as const, ...about, data };
}

/** Field by field, what it was and what it is: what a replay needs. */
function differences(before: ReadOrder, after: ReadOrder): Record<string, [unknown, unknown]> {
	const was = orderValues(before).values;
	const is = orderValues(after).values;
	const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
	return Object.fromEntries(
		fields.filter((name) => was[name] !== is[name]).map((name) => [name, [was[name] ?? '', is[name] ?? '']])
	);
}

function editor(by: Person | null): Person {
	const refusal = whyNot(by, 'order.edit');
	if (!by || refusal) throw new Refusal(refusal ?? 'refusal.sign_in', { status: by ? 403 : 401 });
	return by;
}
