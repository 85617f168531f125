import { and, desc, eq, lt, or, sql, type SQL } from 'drizzle-orm';
import { people } from '../people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Deed } from './deeds.ts';
import { activity, comments } from './tables.ts';

export interface Happened {
	/** Null: the system did it. */
	person: number | null;
	deed: Deed;
	subject: string;
	subjectId: number;
	/** The order it touches, if one. */
	order?: number | null;
	/** The words of its sentence and what a replay needs. */
	data?: Record<string, unknown>;
	/** When it happened; now unless a workspace is made with a past of its own. */
	at?: Date;
}

/** Writes the row of a deed, in the transaction of the deed itself. */
export async function record(tx: Db, happened: Happened | Happened[]): Promise<void> {
	const all = Array.isArray(happened) ? happened : [happened];
	if (all.length) await tx.insert(activity).values(all);
}

export interface ActivityRow {
	id: number;
	at: Date;
	person: string | null;
	deed: Deed;
	subject: string;
	subjectId: number;
	order: number | null;
	data: Record<string, unknown>;
}

/** Newest first, keyset by id. `about` narrows to a person's deeds, to one record, or to all that touches an order. */
export async function history(
	db: Db,
	about: {
		person?: number;
		subject?: string;
		subjectId?: number;
		order?: number;
		before?: number;
		limit: number;
	}
): Promise<ActivityRow[]> {
	const wanted: (SQL | undefined)[] = [
		about.before ? lt(activity.id, about.before) : undefined,
		about.order
			? or(
					eq(activity.order, about.order),
					and(eq(activity.subject, 'order'), eq(activity.subjectId, about.order))
				)
			: undefined,
		about.person ? eq(activity.person, about.person) : undefined,
		about.subject ? eq(activity.subject, about.subject) : undefined,
		about.subjectId ? eq(activity.subjectId, about.subjectId) : undefined
	];
	return db
		.select({
			id: activity.id,
			at: activity.at,
			person: people.name,
			deed: activity.deed,
			subject: activity.subject,
			subjectId: activity.subjectId,
			order: activity.order,
			data: activity.data
		})
		.from(activity)
		.leftJoin(people, eq(people.id, activity.person))
		.where(and(...wanted))
		.orderBy(desc(activity.id))
		.limit(about.limit);
}

export interface CommentRow {
	id: number;
	at: Date;
	person: string;
	body: string;
}

export async function conversation(db: Db, subject: string, subjectId: number): Promise<CommentRow[]> {
	return db
		.select({ id: comments.id, at: comments.at, person: people.name, body: comments.body })
		.from(comments)
		.innerJoin(people, eq(people.id, comments.person))
		.where(and(eq(comments.subject, subject), eq(comments.subjectId, subjectId)))
		.orderBy(comments.id);
}

/** Says something about a record. `order` makes it part of the order's history. */
export async function comment(
	db: Db,
	person: { id: number },
	about: { subject: string; subjectId: number; order?: number | null; body: string }
): Promise<number> {
	return db.transaction(async (tx) => {
		const [row] = await tx
			.insert(comments)
			.values({ subject: about.subject, subjectId: about.subjectId, person: person.id, body: about.body })
			.returning({ id: comments.id });
		await record(tx, {
			person: person.id,
			deed: 'comment.added',
			subject: about.subject,
			subjectId: about.subjectId,
			order: about.order ?? null,
			data: { words: about.body.slice(0, 120), comment: row!.id }
		});
		return row!.id;
	});
}

/** How many deeds there are: the version of everything, for answers that may be unchanged. */
export async function newestDeed(db: Db): Promise<number> {
	const [row] = await db.select({ id: sql<number>`coalesce(max(${activity.id}), 0)::int` }).from(activity);
	return row!.id;
}
