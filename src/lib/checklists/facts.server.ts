import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { people } from '../people/tables.ts';
import type { LoadedItem } from './impact.ts';
import { orders } from '../orders/tables.ts';
import type { Which } from '../orders/facts.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import { checklistItems } from './tables.ts';

/** The items of orders as readiness and exposure see them, by order: one query, whatever their number. */
export async function loadItems(db: Db, which: Which): Promise<Map<number, LoadedItem[]>> {
	const preparer = alias(people, 'preparer');
	const accepter = alias(people, 'accepter');
	const rows = await db
		.select({
			order: checklistItems.order,
			id: checklistItems.id,
			key: checklistItems.key,
			team: checklistItems.team,
			product: checklistItems.product,
			mandatory: checklistItems.mandatory,
			condition: checklistItems.condition,
			state: checklistItems.state,
			stale: checklistItems.stale,
			askedHash: checklistItems.askedHash,
			doneHash: checklistItems.doneHash,
			dueOn: checklistItems.dueOn,
			releasedUntil: checklistItems.releasedUntil,
			validFrom: checklistItems.validFrom,
			validUntil: checklistItems.validUntil,
			carriesUntil: checklistItems.carriesUntil,
			carriedFrom: checklistItems.carriedFrom,
			who: sql<string | null>`coalesce(${accepter.name}, ${preparer.name})`,
			when: sql<
				string | null
			>`to_char(coalesce(${checklistItems.acceptedAt}, ${checklistItems.preparedAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
		})
		.from(checklistItems)
		.leftJoin(preparer, eq(preparer.id, checklistItems.preparedBy))
		.leftJoin(accepter, eq(accepter.id, checklistItems.acceptedBy))
		.where(
			and(
				isNull(checklistItems.noLongerAskedAt),
				which === 'open'
					? sql`${checklistItems.order} in (select ${orders.id} from ${orders} where ${orders.closedAt} is null)`
					: inArray(checklistItems.order, [...which])
			)
		)
		.orderBy(asc(checklistItems.id));
	const byOrder = new Map<number, LoadedItem[]>();
	for (const { order, validFrom, validUntil, carriedFrom, ...row } of rows) {
		if (order === null) continue;
		const list = byOrder.get(order) ?? [];
		list.push({
			...row,
			noLongerAsked: false,
			evidence: validFrom || validUntil ? { validFrom, validUntil } : null,
			carried: carriedFrom !== null
		});
		byOrder.set(order, list);
	}
	return byOrder;
}
