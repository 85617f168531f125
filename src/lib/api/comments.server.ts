import { and, asc, eq, gt } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { comment } from '#lib/activity/activity.server.ts';
import { comments } from '#lib/activity/tables.ts';
import { changes } from '#lib/changes/tables.ts';
import { checklistItems } from '#lib/checklists/tables.ts';
import { evidence } from '#lib/evidence/tables.ts';
import { orders, products } from '#lib/orders/tables.ts';
import { whyNot, type Permission } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { items, sources } from '#lib/sources/tables.ts';
import type { MessageKey } from '#lib/words/words.ts';
import type { Subject } from './comments.ts';
import { instant, pageOf } from './shapes.ts';

type Spoken = {
	table: PgTable & { id: PgColumn };
	order: PgColumn | null;
	noun: MessageKey;
	may: Permission;
};

/** Where each subject lives, the order its conversation is part of, and who may read it. */
const tables = {
	source: { table: sources, order: null, noun: 'noun.source', may: 'source.read' },
	item: { table: items, order: null, noun: 'noun.item', may: 'inbox.read' },
	change: { table: changes, order: null, noun: 'noun.change', may: 'change.read' },
	product: { table: products, order: null, noun: 'noun.product', may: 'product.read' },
	order: { table: orders, order: orders.id, noun: 'noun.order', may: 'order.read' },
	checklist_item: {
		table: checklistItems,
		order: checklistItems.order,
		noun: 'noun.checklist_item',
		may: 'order.read'
	},
	evidence: { table: evidence, order: evidence.order, noun: 'noun.evidence', may: 'evidence.read' }
} satisfies Record<Subject, Spoken>;

export interface About {
	subject: Subject;
	id: number;
}

/** Oldest first. @throws Refusal 403, 404 */
export async function conversationPage(
	db: Db,
	person: Person,
	about: About,
	{ limit, cursor }: { limit: number; cursor?: number | undefined }
) {
	await orderOf(db, person, about);
	const own = and(eq(comments.subject, about.subject), eq(comments.subjectId, about.id));
	const rows = await select(db, and(own, cursor ? gt(comments.id, cursor) : undefined), limit + 1);
	return pageOf(rows, limit, ({ id }) => id, shown);
}

/** @throws Refusal 403, 404 */
export async function say(db: Db, person: Person, { body, ...about }: About & { body: string }) {
	insistMay(person, 'comment.add');
	const order = await orderOf(db, person, about);
	const id = await comment(db, person, { subject: about.subject, subjectId: about.id, order, body });
	const [said] = await select(db, eq(comments.id, id), 1);
	return shown(said!);
}

/** Whoever may not read a record hears nothing of what is said about it. */
async function orderOf(db: Db, person: Person, { subject, id }: About): Promise<number | null> {
	const { table, order, noun, may }: Spoken = tables[subject];
	insistMay(person, may);
	const [found] = await db
		.select({ order: order ?? table.id })
		.from(table)
		.where(eq(table.id, id));
	if (!found) throw notFound(noun);
	return order ? (found.order as number | null) : null;
}

function insistMay(person: Person, permission: Permission): void {
	const refusal = whyNot(person, permission);
	if (refusal) throw new Refusal(refusal, { status: 403 });
}

function select(db: Db, where: ReturnType<typeof and>, limit: number) {
	return db
		.select({ id: comments.id, at: comments.at, person: people.name, body: comments.body })
		.from(comments)
		.innerJoin(people, eq(people.id, comments.person))
		.where(where)
		.orderBy(asc(comments.id))
		.limit(limit);
}

function shown({ id, at, person, body }: Awaited<ReturnType<typeof select>>[number]) {
	return { id, version: 1 as const, at: instant(at), person, body };
}
