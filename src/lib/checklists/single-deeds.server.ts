import { eq } from 'drizzle-orm';
import { people } from '../people/tables.ts';
import type { Person } from '../people/roles.ts';
import { notFound } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { answer, type DeedOn, type Done } from './deeds.server.ts';
import { conclude, insist, insistOnVersion, takeItem, writeTo, type ItemAtHand } from './items.server.ts';
import { needDay, needReason } from './reasons.ts';
import { checklistItems } from './tables.ts';
import {
	whyNotApproveRelease,
	whyNotAskRelease,
	whyNotAssign,
	whyNotNeeded,
	whyNotReopen
} from './transitions.ts';

// Deeds on one box alone: others that carry the same work stay as they are.

/** Opens one box again; others that carried the same work keep it. */
export async function reopenItem(db: Db, person: Person, id: number, deed: DeedOn): Promise<Done> {
	return onlyThis(db, person, id, deed, 'checklist.reopened', whyNotReopen, {
		state: 'open',
		preparedBy: null,
		preparedAt: null,
		acceptedBy: null,
		acceptedAt: null,
		evidenceRevision: null,
		validFrom: null,
		validUntil: null,
		carriesUntil: null,
		doneHash: null,
		carriedFrom: null,
		reason: null,
		note: null,
		releaseAskedBy: null,
		releasedBy: null,
		releasedUntil: null
	});
}

/** Compliance decides that one order does not need an item, with the reason. */
export async function notNeeded(
	db: Db,
	person: Person,
	id: number,
	reason: string,
	deed: DeedOn
): Promise<Done> {
	const set = { state: 'not_needed' as const, reason: needReason(reason) };
	return onlyThis(db, person, id, deed, 'checklist.not_needed', whyNotNeeded, set, { words: reason });
}

/** A member asks that an order may go on without an item until a day; management decides. */
export async function askRelease(
	db: Db,
	person: Person,
	id: number,
	asked: { reason: string; until: PlainDate },
	deed: DeedOn
): Promise<Done> {
	const until = needDay(asked.until, deed.on);
	const set = { releaseAskedBy: person.id, releasedUntil: until, reason: needReason(asked.reason) };
	const data = { words: asked.reason, until };
	return onlyThis(db, person, id, deed, 'checklist.release_asked', whyNotAskRelease, set, data);
}

/** Management releases internally until the day that was asked for. It lowers no exposure. */
export async function approveRelease(db: Db, person: Person, id: number, deed: DeedOn): Promise<Done> {
	const set = { state: 'released' as const, releasedBy: person.id };
	return onlyThis(db, person, id, deed, 'checklist.released', whyNotApproveRelease, set);
}

/** Gives an item to a person, or to nobody. */
export async function assignItem(
	db: Db,
	person: Person,
	id: number,
	assignee: number | null,
	deed: DeedOn
): Promise<Done> {
	const [found] = assignee
		? await db.select({ name: people.name }).from(people).where(eq(people.id, assignee))
		: [{ name: null }];
	if (!found) throw notFound('noun.person');
	const set = { assignee };
	return onlyThis(db, person, id, deed, 'checklist.assigned', whyNotAssign, set, { name: found.name ?? '' });
}

async function onlyThis(
	db: Db,
	person: Person,
	id: number,
	deed: DeedOn,
	name: Parameters<typeof conclude>[2],
	whyNot: (item: ItemAtHand['inState'], person: Person) => Parameters<typeof insist>[0],
	set: Parameters<typeof writeTo>[2],
	data: Record<string, unknown> = {}
): Promise<Done> {
	return transact(db, async (tx) => {
		const hand = await takeItem(tx, id, deed.on);
		insistOnVersion(hand.item, deed.version);
		insist(whyNot(hand.inState, person));
		const keepDone = set.state === 'released' || set.state === 'not_needed';
		const touched = await writeTo(tx, eq(checklistItems.id, id), {
			...set,
			...(keepDone ? { doneHash: hand.item.askedHash } : {})
		});
		await conclude(tx, person, name, hand, touched, { on: deed.on, data });
		return answer(hand, touched);
	});
}
