import { and, eq, isNull, ne } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import type { OrderDetails } from '../orders/forms.ts';
import type { ProductDetails } from '../orders/product-form.ts';
import { insertProduct, updateProduct } from '../orders/products.server.ts';
import { insertOrder, setClosed, setCustomerAsks, updateOrder } from '../orders/write.server.ts';
import type { Person } from '../people/roles.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { writeTo, type ItemChanges } from './items.server.ts';
import { judge } from './judging.server.ts';
import { carryTo, ordersOfProduct, syncOrders } from './sync.server.ts';
import { checklistItems } from './tables.ts';

/** Every deed on an order or product brings the checklists it concerns in line, in its own transaction. */

export async function createOrder(
	db: Db,
	by: Person | null,
	details: OrderDetails,
	on: PlainDate
): Promise<void> {
	await transact(db, async (tx) => {
		const id = await insertOrder(tx, by, details);
		await syncOrders(tx, [id], on);
	});
}

export async function changeOrder(
	db: Db,
	by: Person | null,
	number: string,
	{ version, details }: { version: number; details: OrderDetails },
	on: PlainDate
): Promise<void> {
	await transact(db, async (tx) => {
		const { id, importerOrPlace } = await updateOrder(tx, by, number, version, details);
		if (importerOrPlace) await openForAnother(tx, by!, id);
		await syncOrders(tx, [id], on);
		if (!importerOrPlace) return;
		await carryTo(tx, await openForImporter(tx, id), on);
		await judge(tx, [id], on);
	});
}

/** Shipped and cleared: nothing is asked of the order any more. */
export async function closeOrder(db: Db, by: Person | null, number: string, version: number): Promise<void> {
	await transact(db, (tx) => setClosed(tx, by, number, { version, closed: true }));
}

export async function reopenOrder(
	db: Db,
	by: Person | null,
	number: string,
	version: number,
	on: PlainDate
): Promise<void> {
	await transact(db, async (tx) => {
		const id = await setClosed(tx, by, number, { version, closed: false });
		await syncOrders(tx, [id], on);
	});
}

export async function recordCustomerAsks(
	db: Db,
	by: Person | null,
	number: string,
	asked: { version: number; asks: boolean },
	on: PlainDate
): Promise<void> {
	await transact(db, async (tx) => {
		const id = await setCustomerAsks(tx, by, number, asked);
		await syncOrders(tx, [id], on);
	});
}

export async function createProduct(db: Db, by: Person | null, details: ProductDetails): Promise<void> {
	await transact(db, (tx) => insertProduct(tx, by, details));
}

/** Another category, or the record that it is no electronic component, may bring its orders in or out. */
export async function changeProduct(
	db: Db,
	by: Person | null,
	sku: string,
	{ version, details }: { version: number; details: ProductDetails },
	on: PlainDate
): Promise<void> {
	await transact(db, async (tx) => {
		const id = await updateProduct(tx, by, sku, version, details);
		await syncOrders(tx, await ordersOfProduct(tx, id), on);
	});
}

const undone: ItemChanges = {
	state: 'open',
	...{ preparedBy: null, preparedAt: null, acceptedBy: null, acceptedAt: null, note: null, reason: null },
	...{ evidenceRevision: null, validFrom: null, validUntil: null, doneHash: null, carriedFrom: null },
	...{ releaseAskedBy: null, releasedBy: null, releasedUntil: null }
};

/**
 * Work for an importer at a place does not serve another one: those boxes open again, before what covers the new
 * importer at the new place is carried to them.
 */
async function openForAnother(tx: Db, person: Person, order: number): Promise<void> {
	const served = and(
		eq(checklistItems.order, order),
		eq(checklistItems.covers, 'importer_place'),
		ne(checklistItems.state, 'open')
	)!;
	const opened = await writeTo(tx, served, undone);
	await record(
		tx,
		opened.map(({ id, key }) => ({
			...{ person: person.id, deed: 'checklist.reopened' as const, subject: 'checklist_item', subjectId: id },
			order,
			data: { item: key, title: null, sku: null, because: 'importer_or_place' }
		}))
	);
}

/** The boxes of an order that wait for work for its importer at its place. */
async function openForImporter(tx: Db, order: number): Promise<number[]> {
	const found = await tx
		.select({ id: checklistItems.id })
		.from(checklistItems)
		.where(
			and(
				eq(checklistItems.order, order),
				eq(checklistItems.covers, 'importer_place'),
				eq(checklistItems.state, 'open'),
				isNull(checklistItems.noLongerAskedAt)
			)
		);
	return found.map(({ id }) => id);
}
