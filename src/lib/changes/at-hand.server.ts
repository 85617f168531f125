import { and, eq, sql } from 'drizzle-orm';
import { whyNot, type Permission } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { LocalizedText, MessageKey } from '#lib/words/words.ts';
import { changes, claims, measures, questions } from './tables.ts';

export type Change = typeof changes.$inferSelect;

/** Throws the reason a deed is refused, in the words the page explains with. */
export function insist(why: MessageKey | null): void {
	if (why) throw new Refusal(why, { status: why.startsWith('refusal.') ? 403 : 409 });
}

export function insistMay(person: Person, permission: Permission): void {
	insist(whyNot(person, permission));
}

/** The change, held until the transaction ends, so that two people's deeds on it come one after the other. */
export async function takeChange(tx: Db, id: number): Promise<Change> {
	const [change] = await tx.select().from(changes).where(eq(changes.id, id)).for('update');
	if (!change) throw notFound('noun.change');
	return change;
}

/** Refuses when somebody else was first: `version` is the one the person looked at. */
export function insistOnVersion(record: { version: number }, version: number): void {
	if (record.version !== version) throw stale(record);
}

/** Writes what changed and counts the version. Call with a change that was taken. */
export async function writeChange(tx: Db, change: Change, set: Partial<Change>): Promise<Change> {
	const [written] = await tx
		.update(changes)
		.set({ ...set, version: sql`${changes.version} + 1` as never })
		.where(and(eq(changes.id, change.id), eq(changes.version, change.version)))
		.returning();
	if (!written) throw stale(change);
	return written;
}

/** Holds the measure, so that keys (`C27`, `Q21`) are given out one after the other. */
export async function takeMeasure(tx: Db, id: number): Promise<typeof measures.$inferSelect> {
	const [measure] = await tx.select().from(measures).where(eq(measures.id, id)).for('update');
	if (!measure) throw notFound('noun.measure');
	return measure;
}

/** The next key on a measure that is held: `C09`, `C10`, ... `C100`; `Q21` for questions. */
export async function nextKey(
	tx: Db,
	table: typeof claims | typeof questions,
	measure: number
): Promise<string> {
	const letter = table === claims ? 'C' : 'Q';
	const [row] = await tx
		.select({ last: sql<number>`coalesce(max(substring(${table.key} from 2)::int), 0)::int` })
		.from(table)
		.where(and(eq(table.measure, measure), sql`${table.key} ~ ${`^${letter}[0-9]{1,6}$`}`));
	return letter + String(row!.last + 1).padStart(2, '0');
}

/** The words under the language of the person who wrote them; what stands there in other languages stays. */
export function written(person: Person, text: string, before: LocalizedText = {}): LocalizedText {
	return { ...before, [person.locale]: text };
}

/** The text that an activity sentence shows: in its writer's language, else in any. */
export function titleOf(change: Pick<Change, 'title'>, person: Person): string {
	return change.title[person.locale] ?? Object.values(change.title)[0] ?? '';
}

/** The name of the person who did something, or null: nobody, or the system. */
export async function nameOf(db: Db, id: number | null): Promise<string | null> {
	if (id === null) return null;
	const [row] = await db.select({ name: people.name }).from(people).where(eq(people.id, id));
	return row?.name ?? null;
}
