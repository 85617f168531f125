import { and, count, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import type { Deed } from '#lib/activity/deeds.ts';
import type { Person } from '#lib/people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { linkItem } from '../sources/decide.server.ts';
import {
	insist,
	insistMay,
	insistOnVersion,
	takeChange,
	titleOf,
	writeChange,
	written,
	type Change
} from './at-hand.server.ts';
import { editProblems, type ChangeEdit, type NewChange } from './draft.ts';
import type { ChangeKind } from './kinds.ts';
import { whyNotEdit, whyNotRedraft, whyNotSubmit, type ChangeInState } from './permissions.ts';
import { changes, claims, measures, playbookItems } from './tables.ts';
import type { ChangeState } from './words.ts';

export interface ChangeFilter {
	state?: ChangeState;
	kind?: ChangeKind;
	/** Keyset: only changes with a smaller id. */
	before?: number;
	limit: number;
}

/** Newest first. `next` is the `before` of the following page, or null. */
export async function listChanges(
	db: Db,
	{ state, kind, before, limit }: ChangeFilter
): Promise<{ rows: Change[]; next: number | null }> {
	const rows = await db
		.select()
		.from(changes)
		.where(
			and(
				state ? eq(changes.state, state) : undefined,
				kind ? eq(changes.kind, kind) : undefined,
				before ? lt(changes.id, before) : undefined
			)
		)
		.orderBy(desc(changes.id))
		.limit(limit + 1);
	const more = rows.length > limit;
	return { rows: rows.slice(0, limit), next: more ? rows[limit - 1]!.id : null };
}

/** How many changes are in each state; a state without any is absent. */
export async function changesByState(db: Db): Promise<Partial<Record<ChangeState, number>>> {
	const rows = await db.select({ state: changes.state, n: count() }).from(changes).groupBy(changes.state);
	return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** @throws Refusal 404 */
export async function changeById(db: Db, id: number): Promise<Change> {
	const [change] = Number.isSafeInteger(id) ? await db.select().from(changes).where(eq(changes.id, id)) : [];
	if (!change) throw notFound('noun.change');
	return change;
}

/** What the questions "may I" need besides the row. */
export async function inState(db: Db, change: Change): Promise<ChangeInState> {
	const [found] = await db
		.select({
			claims: db.$count(claims, and(eq(claims.change, change.id), isNull(claims.withdrawnAt))),
			asks: db.$count(playbookItems, eq(playbookItems.change, change.id))
		})
		.from(sql`(select 1) one`);
	return { state: change.state, effects: change.effects, claims: found!.claims, asks: found!.asks };
}

/**
 * A new draft, from scratch or from something read in the inbox: that item is linked in the same transaction. Its dates
 * start as unknown. Answers its id.
 */
export async function createDraft(
	db: Db,
	person: Person,
	draft: NewChange & { item?: number | null }
): Promise<number> {
	insistMay(person, 'change.edit');
	return transact(db, async (tx) => {
		const [measure] = await tx.select({ id: measures.id }).from(measures).orderBy(measures.id).limit(1);
		if (!measure) throw notFound('noun.measure');
		const [change] = await tx
			.insert(changes)
			.values({
				measure: measure.id,
				kind: draft.kind,
				title: written(person, draft.title),
				notes: draft.notes,
				createdBy: person.id
			})
			.returning();
		if (draft.item) await linkItem(tx, person, draft.item, change!.id);
		await told(tx, person, 'change.created', change!);
		return change!.id;
	});
}

/** @throws Refusal 400 with the field, 412 when somebody else was first, 409 once it is in use */
export async function editChange(
	db: Db,
	person: Person,
	id: number,
	{ version, ...edit }: ChangeEdit & { version: number }
): Promise<Change> {
	const fields = editProblems(edit);
	if (Object.keys(fields).length) throw new Refusal('form.check_fields', { status: 400, fields });
	return transact(db, async (tx) => {
		const change = await takeChange(tx, id);
		insist(whyNotEdit(change, person));
		insistOnVersion(change, version);
		const title = written(person, edit.title, change.title);
		const after = await writeChange(tx, change, { ...edit, title });
		await told(tx, person, 'change.edited', after);
		return after;
	});
}

/** Hands the draft to a second look. It can still be edited there. */
export async function submitChange(db: Db, person: Person, id: number, version: number): Promise<void> {
	await move(db, person, id, version, whyNotSubmit, 'in_review', 'change.submitted');
}

/** From review back to draft. */
export async function redraftChange(db: Db, person: Person, id: number, version: number): Promise<void> {
	await move(db, person, id, version, whyNotRedraft, 'draft', 'change.redrafted');
}

async function move(
	db: Db,
	person: Person,
	id: number,
	version: number,
	whyNot: (change: ChangeInState, person: Person) => Parameters<typeof insist>[0],
	state: ChangeState,
	deed: Deed
): Promise<void> {
	await transact(db, async (tx) => {
		const change = await takeChange(tx, id);
		insist(whyNot(await inState(tx, change), person));
		insistOnVersion(change, version);
		await told(tx, person, deed, await writeChange(tx, change, { state }));
	});
}

/** The activity row of a deed on a change; `data` adds the words of its sentence. */
export async function told(
	tx: Db,
	person: Person,
	deed: Deed,
	change: Change,
	data: Record<string, unknown> = {}
): Promise<void> {
	const words = { title: titleOf(change, person), ...data };
	await record(tx, { person: person.id, deed, subject: 'change', subjectId: change.id, data: words });
}
