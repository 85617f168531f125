import { eq } from 'drizzle-orm';
import { comment } from '../activity/activity.server.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { orders } from './tables.ts';

/** Says something about an order. @throws Refusal 403, 404 */
export async function commentOnOrder(db: Db, by: Person | null, number: string, body: string): Promise<void> {
	const refusal = whyNot(by, 'comment.add');
	if (!by || refusal) throw new Refusal(refusal ?? 'refusal.sign_in', { status: by ? 403 : 401 });
	const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
	if (!order) throw notFound('noun.order');
	await comment(db, by, { subject: 'order', subjectId: order.id, order: order.id, body });
}
