import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '#lib/people/roles.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, violated, type Db } from '#lib/server/db/db.ts';
import { insist, takeChange, written, type Change } from './at-hand.server.ts';
import { told } from './changes.server.ts';
import { Box, line, prose } from './draft.ts';
import { changeKinds } from './kinds.ts';
import { whyNotEdit } from './permissions.ts';
import { playbookItems } from './tables.ts';
import { coverages, dueEvents } from './words.ts';

export type PlaybookItem = typeof playbookItems.$inferSelect;

/** What is asked of a team. `evidenceTypes`: the kinds of proof there are; a condition is a key the rule's part names. */
export const asking = (evidenceTypes: readonly string[]) =>
	z.object({
		key: z
			.string()
			.trim()
			.regex(/^[A-Z]{1,3}[0-9]{1,3}$/, 'effects.playbook_key'),
		team: line(60),
		title: line(200),
		guidance: prose(4_000).default(''),
		evidenceLabel: line(300),
		evidenceType: z.string().refine((type) => evidenceTypes.includes(type)),
		condition: z
			.string()
			.trim()
			.regex(/^([a-z][a-z0-9_]{0,39})?$/, 'effects.condition_key')
			.default('')
			.transform((key) => key || null),
		covers: z.enum(coverages),
		dueEvent: z.enum(dueEvents),
		dueOffsetDays: z.coerce.number().int().min(-365).max(365),
		mandatory: Box,
		secondPerson: Box
	});
export type Asking = z.infer<ReturnType<typeof asking>>;

export async function playbookOf(db: Db, change: number): Promise<PlaybookItem[]> {
	return db
		.select()
		.from(playbookItems)
		.where(eq(playbookItems.change, change))
		.orderBy(asc(playbookItems.team), asc(playbookItems.id));
}

/** Adds an item; a key that an earlier change already asks replaces that one's words once this is in use. */
export async function addPlaybookItem(
	db: Db,
	person: Person,
	changeId: number,
	asked: Asking
): Promise<void> {
	await transact(db, async (tx) => {
		const change = await takeChange(tx, changeId);
		insistOnPlaybook(change, person);
		const values = { ...columns(person, asked), key: asked.key, change: change.id };
		await known(() => tx.insert(playbookItems).values(values));
		await told(tx, person, 'change.edited', change, { part: 'playbook', key: asked.key });
	});
}

export async function editPlaybookItem(
	db: Db,
	person: Person,
	id: number,
	{ version, ...asked }: Asking & { version: number }
): Promise<void> {
	await transact(db, async (tx) => {
		const { item, change } = await takeItem(tx, person, id, version);
		const set = { ...columns(person, asked, item), key: asked.key, version: item.version + 1 };
		await known(() => tx.update(playbookItems).set(set).where(eq(playbookItems.id, id)));
		await told(tx, person, 'change.edited', change, { part: 'playbook', key: asked.key });
	});
}

export async function removePlaybookItem(db: Db, person: Person, id: number, version: number): Promise<void> {
	await transact(db, async (tx) => {
		const { item, change } = await takeItem(tx, person, id, version);
		await tx.delete(playbookItems).where(eq(playbookItems.id, id));
		await told(tx, person, 'change.edited', change, { part: 'playbook', key: item.key });
	});
}

function insistOnPlaybook(change: Change, person: Person): void {
	insist(whyNotEdit(change, person));
	insist(changeKinds[change.kind].playbook ? null : 'effects.refusal.no_playbook');
}

async function takeItem(tx: Db, person: Person, id: number, version: number) {
	const [found] = await tx.select().from(playbookItems).where(eq(playbookItems.id, id));
	if (!found) throw notFound('noun.playbook_item');
	const change = await takeChange(tx, found.change);
	insistOnPlaybook(change, person);
	const [item] = await tx.select().from(playbookItems).where(eq(playbookItems.id, id)).for('update');
	if (!item || item.version !== version) throw stale(item ?? found);
	return { item, change };
}

function columns(person: Person, asked: Asking, before?: PlaybookItem) {
	const { title, guidance, evidenceLabel, key: _key, ...rest } = asked;
	return {
		...rest,
		title: written(person, title, before?.title),
		guidance: written(person, guidance, before?.guidance),
		evidenceLabel: written(person, evidenceLabel, before?.evidenceLabel)
	};
}

/** The database knows the teams and the keys of this change; its refusal becomes a message beside the field. */
async function known(write: () => Promise<unknown>): Promise<void> {
	try {
		await write();
	} catch (error) {
		const constraint = violated(error);
		if (!constraint) throw error;
		const key = constraint === 'playbook_items_key';
		const fields: Refusal['fields'] = key
			? { key: { key: 'effects.playbook_key_taken' } }
			: { team: { key: 'form.field_wrong' } };
		throw new Refusal('form.check_fields', { status: 400, fields });
	}
}
