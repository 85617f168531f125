import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import type { Deed } from '#lib/activity/deeds.ts';
import type { Person } from '#lib/people/roles.ts';
import { transact, violated, type Db } from '#lib/server/db/db.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import type { PlainDate } from '#lib/time.ts';
import { whyNotDecide, type ItemVerb } from './decide.ts';
import { items } from './tables.ts';

export type ItemRow = typeof items.$inferSelect;

/** Every deed here throws Refusal 403 (role), 404, 409 (state) or 412 (decided or edited since `version` was read). */

export async function dismissItem(
	db: Db,
	person: Person,
	id: number,
	{ version, reason }: { version: number; reason: string }
): Promise<ItemRow> {
	const decision = { state: 'dismissed', reason, until: null } as const;
	return transact(db, (tx) =>
		decide(tx, person, { id, version, verb: 'dismiss', deed: 'item.dismissed', decision, data: { reason } })
	);
}

/** @param today the business day; `until` must come after it */
export async function deferItem(
	db: Db,
	person: Person,
	id: number,
	{ version, until, today }: { version: number; until: PlainDate; today: PlainDate }
): Promise<ItemRow> {
	if (until <= today) {
		const fields = { until: { key: 'inbox.field.until_past' } } as const;
		throw new Refusal('form.check_fields', { status: 400, fields });
	}
	const decision = { state: 'deferred', reason: null, until } as const;
	return transact(db, (tx) =>
		decide(tx, person, { id, version, verb: 'defer', deed: 'item.deferred', decision, data: { until } })
	);
}

/** Puts a decided item back among the new ones: the undo of every other verb. */
export async function reopenItem(
	db: Db,
	person: Person,
	id: number,
	{ version }: { version: number }
): Promise<ItemRow> {
	const decision = { state: 'new', reason: null, until: null, change: null } as const;
	return transact(db, (tx) =>
		decide(tx, person, { id, version, verb: 'reopen', deed: 'item.reopened', decision, data: {} })
	);
}

/**
 * Says that a change came of this item, in the transaction of the caller (which may be making that very change).
 * @param version what the person saw; without it the newest is taken
 */
export async function linkItem(
	tx: Db,
	person: Person,
	id: number,
	change: number,
	version?: number
): Promise<ItemRow> {
	const decision = { state: 'linked', reason: null, until: null, change } as const;
	return decide(tx, person, { id, version, verb: 'link', deed: 'item.linked', decision, data: { change } });
}

/** Deferred items whose day has come are new again. @returns how many */
export async function returnDeferred(db: Db, on: PlainDate): Promise<number> {
	return transact(db, async (tx) => {
		const back = await tx
			.update(items)
			.set({ state: 'new', until: null, decidedBy: null, decidedAt: null })
			.where(and(eq(items.state, 'deferred'), isNotNull(items.until), lte(items.until, on)))
			.returning({ id: items.id, title: items.title });
		await record(
			tx,
			back.map(({ id, title }) => ({
				...({ person: null, deed: 'item.reopened', subject: 'item', subjectId: id } as const),
				data: { title }
			}))
		);
		return back.length;
	});
}

interface Decision {
	id: number;
	version: number | undefined;
	verb: ItemVerb;
	deed: Deed;
	decision: Partial<ItemRow>;
	data: Record<string, unknown>;
}

async function decide(tx: Db, person: Person, made: Decision): Promise<ItemRow> {
	const [item] = await tx.select().from(items).where(eq(items.id, made.id)).for('update');
	if (!item) throw notFound('noun.item');
	// First the version: who was second should hear that somebody was faster, not that the state is wrong.
	if (made.version !== undefined && item.version !== made.version) throw stale(item);
	const why = whyNotDecide(item, person, made.verb);
	if (why) throw new Refusal(why, { status: why.startsWith('refusal.') ? 403 : 409 });
	const [decided] = await tx
		.update(items)
		.set({ ...made.decision, decidedBy: person.id, decidedAt: sql`now()`, version: item.version + 1 })
		.where(eq(items.id, item.id))
		.returning()
		.catch((error: unknown) => {
			throw violated(error) === 'items_change' ? notFound('noun.change') : error;
		});
	const data = { title: item.title, from: item.state, ...made.data };
	await record(tx, { person: person.id, deed: made.deed, subject: 'item', subjectId: item.id, data });
	return decided!;
}
