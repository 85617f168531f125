import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { servedWith, toPrepare, type Item } from '../checklists/items.server.ts';
import { checklistItems } from '../checklists/tables.ts';
import { orders } from '../orders/tables.ts';
import { people } from '../people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { coveringThe, type AskedOf } from './prepare.server.ts';
import { evidence, evidenceRevisions } from './tables.ts';
import { lastDay, validityOn, type Validity } from './validity.ts';

/** Something that is here already and covers what an item asks about. */
export interface Suggestion {
	/** The newest revision of the evidence. */
	revision: number;
	evidence: number;
	title: string;
	fileName: string | null;
	url: string | null;
	by: string;
	evidenceOn: PlainDate;
	validUntil: PlainDate | null;
	validity: Validity;
	/** Orders that rest on this evidence already. */
	usedBy: number;
}

const most = 6;

/**
 * What is here already for an item, best first: good on the day the order is judged before what ends earlier, newest
 * before older. `day`: the later of today and the order's declaration date or ETA.
 */
export async function suggestionsFor(
	db: Db,
	asked: AskedOf,
	{ today, day }: { today: PlainDate; day: PlainDate }
): Promise<Suggestion[]> {
	if (asked.covers === 'measure') return [];
	const found = await db
		.selectDistinctOn([evidence.id], {
			revision: evidenceRevisions.id,
			evidence: evidence.id,
			title: evidence.title,
			fileName: evidenceRevisions.fileName,
			url: evidenceRevisions.url,
			by: people.name,
			evidenceOn: evidenceRevisions.evidenceOn,
			validFrom: evidenceRevisions.validFrom,
			validUntil: evidenceRevisions.validUntil,
			usedBy: sql<number>`(select count(distinct ${checklistItems.order})::int from ${checklistItems}
				where ${checklistItems.noLongerAskedAt} is null and ${checklistItems.evidenceRevision} in
					(select used.id from ${evidenceRevisions} used where used.evidence_id = ${evidence.id}))`
		})
		.from(evidence)
		.innerJoin(evidenceRevisions, eq(evidenceRevisions.evidence, evidence.id))
		.innerJoin(people, eq(people.id, evidenceRevisions.person))
		.where(coveringThe(asked))
		.orderBy(desc(evidence.id), desc(evidenceRevisions.number))
		.limit(30);
	return found
		.map(({ validFrom, ...row }) => {
			const until = lastDay(row, asked.validForDays);
			const validity =
				until !== null && until < today ? 'expired' : validityOn({ validFrom, ...row }, today, day);
			return { ...row, validity };
		})
		.sort((a, b) => Number(a.validity !== 'valid') - Number(b.validity !== 'valid'))
		.slice(0, most);
}

export interface ServedOrder {
	id: number;
	number: string;
	item: number;
}

/** The other open orders whose box is completed by preparing this item too, by number. */
export async function servesOrders(db: Db, item: Item, on: PlainDate): Promise<ServedOrder[]> {
	if (item.covers === 'order' || item.covers === 'measure') return [];
	return db
		.select({ id: orders.id, number: orders.number, item: checklistItems.id })
		.from(checklistItems)
		.innerJoin(orders, eq(orders.id, checklistItems.order))
		.where(
			and(
				servedWith(item),
				sql`${checklistItems.id} <> ${item.id}`,
				eq(checklistItems.askedHash, item.askedHash),
				toPrepare(on)
			)
		)
		.orderBy(asc(orders.number));
}
