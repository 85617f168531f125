import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { playbookItems } from '#lib/changes/tables.ts';
import type { Done } from '#lib/checklists/deeds.server.ts';
import { checklistItems } from '#lib/checklists/tables.ts';
import { evidenceRevisions } from '#lib/evidence/tables.ts';
import { readOrder } from '#lib/orders/read.server.ts';
import { orders, products } from '#lib/orders/tables.ts';
import { people } from '#lib/people/tables.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { ChecklistItem, DeedDone } from './checklist.ts';
import type { Given } from './endpoint.server.ts';
import { instant, text } from './shapes.ts';

type Shown = z.output<typeof ChecklistItem>;

/** @throws Refusal 404 */
export async function itemAs(db: Db, id: number): Promise<Shown> {
	const [found] = await select(db, eq(checklistItems.id, id));
	if (!found) throw notFound('noun.checklist_item');
	return found;
}

export function itemNow({ db, id }: Given): Promise<Shown> {
	return itemAs(db, id());
}

export async function done(db: Db, { item, orders: served }: Done): Promise<z.output<typeof DeedDone>> {
	return { item: await itemAs(db, item.id), orders: served };
}

/** What is asked of an order now. @throws Refusal 404 */
export async function checklistOf(db: Db, number: string): Promise<Shown[]> {
	const order = await readOrder(db, number);
	return select(db, and(eq(checklistItems.order, order.id), isNull(checklistItems.noLongerAskedAt)));
}

async function select(db: Db, where: SQL | undefined): Promise<Shown[]> {
	const preparer = alias(people, 'preparer');
	const accepter = alias(people, 'accepter');
	const returner = alias(people, 'returner');
	const assignee = alias(people, 'assignee');
	const asker = alias(people, 'asker');
	const rows = await db
		.select({
			item: checklistItems,
			title: playbookItems.title,
			order: orders.number,
			product: products.sku,
			preparer: preparer.name,
			accepter: accepter.name,
			returner: returner.name,
			assignee: assignee.name,
			asker: asker.name,
			revision: {
				id: evidenceRevisions.evidence,
				revision: evidenceRevisions.id,
				number: evidenceRevisions.number
			}
		})
		.from(checklistItems)
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.leftJoin(orders, eq(orders.id, checklistItems.order))
		.leftJoin(products, eq(products.id, checklistItems.product))
		.leftJoin(preparer, eq(preparer.id, checklistItems.preparedBy))
		.leftJoin(accepter, eq(accepter.id, checklistItems.acceptedBy))
		.leftJoin(returner, eq(returner.id, checklistItems.returnedBy))
		.leftJoin(assignee, eq(assignee.id, checklistItems.assignee))
		.leftJoin(asker, eq(asker.id, checklistItems.releaseAskedBy))
		.leftJoin(evidenceRevisions, eq(evidenceRevisions.id, checklistItems.evidenceRevision))
		.where(where)
		.orderBy(asc(checklistItems.id));
	return rows.map(({ item, ...about }) => ({
		...{ id: item.id, version: item.version, key: item.key, title: text(about.title), team: item.team },
		...{ order: about.order, product: about.product, period: item.period, condition: item.condition },
		...{ covers: item.covers, mandatory: item.mandatory, secondPerson: item.secondPerson },
		...{ state: item.state, stale: item.stale, noLongerAsked: item.noLongerAskedAt !== null },
		...{ carriedFrom: item.carriedFrom, dueOn: item.dueOn },
		assignee: item.assignee && about.assignee ? { id: item.assignee, name: about.assignee } : null,
		prepared: hand(about.preparer, item.preparedAt),
		accepted: hand(about.accepter, item.acceptedAt),
		returned: hand(about.returner, item.returnedAt),
		...{ reason: item.reason, note: item.note, evidence: about.revision },
		...{ validFrom: item.validFrom, validUntil: item.validUntil },
		...{ releaseAskedBy: about.asker, releasedUntil: item.releasedUntil }
	}));
}

function hand(by: string | null, at: Date | null): Shown['prepared'] {
	return by === null ? null : { by, at: instant(at) };
}
