import { asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { conversation, history, type ActivityRow, type CommentRow } from '../activity/activity.server.ts';
import { playbookItems } from '../changes/tables.ts';
import type { DueEvent } from '../changes/words.ts';
import { restsOn } from '../orders/basis.ts';
import type { ItemFacts, Judgement } from '../orders/judgement.ts';
import { materialsOf } from '../orders/materials.ts';
import { readOrder, type ReadOrder } from '../orders/read.server.ts';
import { holds, overdue } from '../orders/readiness.ts';
import { orders, products } from '../orders/tables.ts';
import { people } from '../people/tables.ts';
import { basisOf, type Basis } from '../rules/basis.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { expiry } from './items.server.ts';
import { judgedOn } from './judging.server.ts';
import { checklistItems } from './tables.ts';
import type { ItemInState } from './transitions.ts';

/** An item as the order page shows it and as the questions "may I" see it. */
export interface OrderItem extends ItemInState {
	id: number;
	key: string;
	title: LocalizedText;
	product: number | null;
	sku: string | null;
	condition: string | null;
	mandatory: boolean;
	holds: boolean;
	overdue: boolean;
	dueOn: PlainDate | null;
	dueEvent: DueEvent;
	validUntil: PlainDate | null;
	releasedUntil: PlainDate | null;
	reason: string | null;
	note: string | null;
	evidenceRevision: number | null;
	assignee: string | null;
	/** Who prepared or accepted it last, and when. */
	who: string | null;
	when: Date | null;
	/** The number of the order whose preparation or acceptance it carries. */
	carriedFrom: string | null;
}

export interface OrderPage {
	order: ReadOrder;
	judgement: Judgement;
	basis: Basis | null;
	items: OrderItem[];
	/** Each material of each product, where the checklist asks for any. */
	materials: { product: number; materials: Judgement['summary']['materials'] }[];
	comments: CommentRow[];
	history: ActivityRow[];
}

/** How much of its history an order shows. */
const deedsShown = 40;

/**
 * Everything about one order on a day, in a number of queries that does not depend on how many items it has.
 * @throws Refusal 404
 */
export async function orderPage(db: Db, number: string, on: PlainDate): Promise<OrderPage> {
	const order = await readOrder(db, number);
	const [judged] = await judgedOn(db, [order.id], on);
	const { judgement, version, items: facts } = judged!;
	return {
		order,
		judgement,
		basis: await basisOf(db, version, (rule) => restsOn(rule, judgement)),
		items: await itemsOf(db, order.id, judgement, facts),
		materials: materialsByProduct(facts, judgement),
		comments: await conversation(db, 'order', order.id),
		history: await history(db, { order: order.id, limit: deedsShown })
	};
}

function materialsByProduct(facts: ItemFacts[], { day, on, summary }: Judgement): OrderPage['materials'] {
	const conditions = Object.keys(summary.materials);
	const asked = facts.filter((item) => item.condition !== null && !item.noLongerAsked);
	const found = [...new Set(asked.flatMap((item) => item.product ?? []))];
	return found.map((product) => ({
		product,
		materials: materialsOf(
			conditions,
			asked.filter((item) => item.product === product || item.product === null),
			day ?? on,
			on
		)
	}));
}

async function itemsOf(
	db: Db,
	order: number,
	judgement: Judgement,
	facts: ItemFacts[]
): Promise<OrderItem[]> {
	const preparer = alias(people, 'preparer');
	const accepter = alias(people, 'accepter');
	const assignee = alias(people, 'assignee');
	const root = alias(checklistItems, 'root');
	const rootOrder = alias(orders, 'root_order');
	const found = await db
		.select({
			item: checklistItems,
			title: playbookItems.title,
			dueEvent: playbookItems.dueEvent,
			sku: products.sku,
			who: sql<string | null>`coalesce(${accepter.name}, ${preparer.name})`,
			assignee: assignee.name,
			carriedFrom: rootOrder.number
		})
		.from(checklistItems)
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.leftJoin(products, eq(products.id, checklistItems.product))
		.leftJoin(preparer, eq(preparer.id, checklistItems.preparedBy))
		.leftJoin(accepter, eq(accepter.id, checklistItems.acceptedBy))
		.leftJoin(assignee, eq(assignee.id, checklistItems.assignee))
		.leftJoin(root, eq(root.id, checklistItems.carriedFrom))
		.leftJoin(rootOrder, eq(rootOrder.id, root.order))
		.where(eq(checklistItems.order, order))
		.orderBy(asc(checklistItems.id));
	const byId = new Map(facts.map((fact) => [fact.id, fact]));
	const day = judgement.day ?? judgement.on;
	return found.map(({ item, ...about }) => {
		const fact = byId.get(item.id);
		const held = fact !== undefined && holds(fact, day);
		return {
			...about,
			...expiry(item, day),
			id: item.id,
			key: item.key,
			team: item.team,
			product: item.product,
			condition: item.condition,
			mandatory: item.mandatory,
			secondPerson: item.secondPerson,
			state: item.state,
			stale: item.stale,
			preparedBy: item.preparedBy,
			releaseAskedBy: item.releaseAskedBy,
			holds: held,
			overdue: fact !== undefined && !held && overdue(fact, judgement.on),
			dueOn: item.dueOn,
			validUntil: item.validUntil,
			releasedUntil: item.releasedUntil,
			reason: item.reason,
			note: item.note,
			evidenceRevision: item.evidenceRevision,
			when: item.acceptedAt ?? item.preparedAt
		};
	});
}
