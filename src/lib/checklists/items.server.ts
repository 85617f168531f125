import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { record } from '../activity/activity.server.ts';
import type { Deed } from '../activity/deeds.ts';
import { playbookItems } from '../changes/tables.ts';
import { orders, products } from '../orders/tables.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { laterOf, type PlainDate } from '#lib/time.ts';
import type { LocalizedText, MessageKey } from '#lib/words/words.ts';
import { judge } from './judging.server.ts';
import { checklistItems } from './tables.ts';
import type { ItemInState } from './transitions.ts';

export type Item = typeof checklistItems.$inferSelect;
export type ItemChanges = PgUpdateSetSource<typeof checklistItems>;

/** An item with what its sentences need, and as the questions "may I" see it. */
export interface ItemAtHand {
	item: Item;
	title: LocalizedText;
	sku: string | null;
	orderNumber: string | null;
	inState: ItemInState;
}

/** Takes an item, and all that moves with it, for a deed and locks them until the transaction ends. @throws Refusal 404 */
export async function takeItem(tx: Db, id: number, on: PlainDate): Promise<ItemAtHand> {
	const item = await locked(tx, id);
	const [about] = await tx
		.select({
			title: playbookItems.title,
			sku: products.sku,
			orderNumber: orders.number,
			declarationOn: orders.declarationOn,
			eta: orders.eta
		})
		.from(playbookItems)
		.leftJoin(products, eq(products.id, item.product ?? 0))
		.leftJoin(orders, eq(orders.id, item.order ?? 0))
		.where(eq(playbookItems.id, item.playbookItem));
	const day = laterOf(on, about?.declarationOn ?? about?.eta);
	return {
		item,
		title: about?.title ?? {},
		sku: about?.sku ?? null,
		orderNumber: about?.orderNumber ?? null,
		inState: { ...item, ...expiry(item, day) }
	};
}

/** Always in the order of their ids: two people at two boxes of the same work wait for each other and never for ever. */
async function locked(tx: Db, id: number): Promise<Item> {
	const [seen] = await tx.select().from(checklistItems).where(eq(checklistItems.id, id));
	if (!seen) throw notFound('noun.checklist_item');
	const all = await tx
		.select()
		.from(checklistItems)
		.where(servedWith(seen))
		.orderBy(asc(checklistItems.id))
		.for('update');
	return all.find((item) => item.id === id) ?? seen;
}

/** What the questions "may I" need beyond the row: whether the evidence ends before the judgement date. */
export function expiry(
	item: Pick<Item, 'validUntil' | 'noLongerAskedAt'>,
	day: PlainDate
): Pick<ItemInState, 'expired' | 'noLongerAsked'> {
	return {
		expired: item.validUntil !== null && item.validUntil < day,
		noLongerAsked: item.noLongerAskedAt !== null
	};
}

/** All boxes of open orders that one piece of work serves, the item's own among them. */
export function servedWith(item: Item): SQL {
	const same =
		item.covers === 'product'
			? eq(checklistItems.product, item.product ?? 0)
			: item.covers === 'importer_place'
				? and(eq(checklistItems.importer, item.importer ?? 0), eq(checklistItems.place, item.place ?? ''))
				: undefined;
	if (!same) return eq(checklistItems.id, item.id);
	return or(
		eq(checklistItems.id, item.id),
		and(
			eq(checklistItems.measure, item.measure),
			eq(checklistItems.key, item.key),
			same,
			isNull(checklistItems.noLongerAskedAt),
			sql`${checklistItems.order} in (select ${orders.id} from ${orders} where ${orders.closedAt} is null)`
		)
	)!;
}

/** Boxes that wait to be prepared: never done, sent back, asked differently since, or out of date on their order's day. */
export function toPrepare(on: PlainDate): SQL {
	const day = sql`greatest(${on}::date, (select coalesce(${orders.declarationOn}, ${orders.eta}) from ${orders}
		where ${orders.id} = ${checklistItems.order}))`;
	return or(
		inArray(checklistItems.state, ['open', 'returned']),
		checklistItems.stale,
		and(eq(checklistItems.state, 'accepted'), sql`${checklistItems.validUntil} < ${day}`)
	)!;
}

/** Accepted boxes whose evidence ends earlier than a newer one does (null: has no end). */
export function earlierThan(validUntil: PlainDate | null): SQL {
	return and(
		eq(checklistItems.state, 'accepted'),
		validUntil === null ? isNotNull(checklistItems.validUntil) : lt(checklistItems.validUntil, validUntil)
	)!;
}

/** Refuses with the reason, unless the person may; a role is 403, a state 409. */
export function insist(reason: MessageKey | null): void {
	if (!reason) return;
	const status = reason === 'refusal.role' || reason === 'checklist.refusal.other_team' ? 403 : 409;
	throw new Refusal(reason, { status });
}

/** Two people on one item: the second sees what the first did. `undefined`: the caller did not look first. */
export function insistOnVersion(item: Item, version: number | undefined): void {
	if (version !== undefined && version !== item.version) throw stale(item);
}

/** Writes the same change to a set of items and answers the rows as they are now. */
export async function writeTo(tx: Db, which: SQL, changes: ItemChanges): Promise<Item[]> {
	return tx
		.update(checklistItems)
		.set({ ...changes, updatedAt: sql`now()`, version: sql`${checklistItems.version} + 1` })
		.where(which)
		.returning();
}

/** Records the deed on every order it reached, and judges those orders. */
export async function conclude(
	tx: Db,
	person: Person,
	deed: Deed,
	hand: ItemAtHand,
	touched: Item[],
	about: { on: PlainDate; data?: Record<string, unknown> }
): Promise<void> {
	const ids = [...new Set(touched.map((item) => item.order).filter((id) => id !== null))];
	const data = { item: hand.item.key, title: hand.title, sku: hand.sku, ...about.data };
	await record(
		tx,
		touched.map((item) => ({
			person: person.id,
			deed,
			subject: 'checklist_item',
			subjectId: item.id,
			order: item.order,
			data: item.id === hand.item.id ? data : { ...data, carriedFrom: hand.orderNumber }
		}))
	);
	if (!ids.length) return;
	// Deeds on two items of one order judge it one after the other, so that the later one sees both.
	await tx
		.select({ id: orders.id })
		.from(orders)
		.where(inArray(orders.id, ids))
		.orderBy(asc(orders.id))
		.for('no key update');
	await judge(tx, ids, about.on);
}
