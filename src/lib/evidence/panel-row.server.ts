import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { changes, playbookItems } from '../changes/tables.ts';
import { checklistItems } from '../checklists/tables.ts';
import { importers, orders, products } from '../orders/tables.ts';
import { people } from '../people/tables.ts';
import { places, ruleVersions } from '../rules/tables.ts';
import { teams } from '../teams/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { evidence, evidenceRevisions } from './tables.ts';

const preparers = alias(people, 'preparer');
const accepters = alias(people, 'accepter');
const returners = alias(people, 'returner');
const assignees = alias(people, 'assignee');
const askers = alias(people, 'asker');
const carriers = alias(checklistItems, 'carrier');
const carrierOrders = alias(orders, 'carrier_order');

/** An item with everything its panel names, in one query; undefined where there is none. */
export async function itemRow(db: Db, id: number) {
	const [row] = await db
		.select({
			item: checklistItems,
			playbook: playbookItems,
			change: { id: changes.id, title: changes.title },
			rule: ruleVersions.number,
			team: teams.names,
			order: {
				number: orders.number,
				buyer: orders.buyer,
				declarationOn: orders.declarationOn,
				eta: orders.eta
			},
			product: { sku: products.sku, names: products.names },
			importer: { name: importers.name },
			place: { names: places.names },
			revision: evidenceRevisions,
			evidence: { title: evidence.title },
			newest: sql<number | null>`(select max(newer.number) from ${evidenceRevisions} newer
				where newer.evidence_id = ${evidence.id})`,
			preparer: { name: preparers.name },
			accepter: { name: accepters.name },
			returner: { name: returners.name },
			asker: { name: askers.name },
			assignee: { id: assignees.id, name: assignees.name },
			carried: { number: carrierOrders.number }
		})
		.from(checklistItems)
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.innerJoin(changes, eq(changes.id, playbookItems.change))
		.innerJoin(teams, eq(teams.key, checklistItems.team))
		.leftJoin(ruleVersions, eq(ruleVersions.id, checklistItems.askedBy))
		.leftJoin(orders, eq(orders.id, checklistItems.order))
		.leftJoin(products, eq(products.id, checklistItems.product))
		.leftJoin(importers, eq(importers.id, checklistItems.importer))
		.leftJoin(places, eq(places.key, checklistItems.place))
		.leftJoin(evidenceRevisions, eq(evidenceRevisions.id, checklistItems.evidenceRevision))
		.leftJoin(evidence, eq(evidence.id, evidenceRevisions.evidence))
		.leftJoin(preparers, eq(preparers.id, checklistItems.preparedBy))
		.leftJoin(accepters, eq(accepters.id, checklistItems.acceptedBy))
		.leftJoin(returners, eq(returners.id, checklistItems.returnedBy))
		.leftJoin(askers, eq(askers.id, checklistItems.releaseAskedBy))
		.leftJoin(assignees, eq(assignees.id, checklistItems.assignee))
		.leftJoin(carriers, eq(carriers.id, checklistItems.carriedFrom))
		.leftJoin(carrierOrders, eq(carrierOrders.id, carriers.order))
		.where(eq(checklistItems.id, id));
	return row;
}
