import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { people } from '../people/tables.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { checklistItems } from './tables.ts';
import {
	conclude,
	earlierThan,
	insist,
	insistOnVersion,
	servedWith,
	takeItem,
	toPrepare,
	writeTo,
	type Item,
	type ItemAtHand
} from './items.server.ts';
import {
	whyNotAccept,
	whyNotApproveRelease,
	whyNotAskRelease,
	whyNotAssign,
	whyNotNeeded,
	whyNotPrepare,
	whyNotReopen,
	whyNotReturn
} from './transitions.ts';

/** What every deed is told: the version the person looked at (undefined: unchecked) and the business day. */
export interface DeedOn {
	version?: number;
	on: PlainDate;
}

export interface Prepared {
	/** Null: done without evidence of its own (a note is enough). */
	revision: { id: number; validFrom: PlainDate | null; validUntil: PlainDate | null } | null;
	note: string | null;
	/** Last day on which the work is carried to further orders; none where it is left out. */
	carriesUntil?: PlainDate | null;
}

/** What was done, and on how many orders at once. */
export interface Done {
	item: Item;
	orders: number;
}

/**
 * Prepares an item with evidence, once for all it covers: every open box of the same product (or importer at a place)
 * moves with it. Without a second person it is accepted at once. Call inside a transaction that made the revision.
 */
export async function prepareItem(
	tx: Db,
	person: Person,
	id: number,
	done: Prepared,
	deed: DeedOn
): Promise<Done> {
	const hand = await takeItem(tx, id, deed.on);
	insistOnVersion(hand.item, deed.version);
	insist(whyNotPrepare(hand.inState, person));
	const now = sql`now()`;
	const accepted = hand.item.secondPerson
		? { state: 'prepared' as const, acceptedBy: null, acceptedAt: null }
		: { state: 'accepted' as const, acceptedBy: person.id, acceptedAt: now };
	const work = {
		...accepted,
		preparedBy: person.id,
		preparedAt: now,
		note: done.note,
		reason: null,
		releaseAskedBy: null,
		releasedBy: null,
		releasedUntil: null,
		evidenceRevision: done.revision?.id ?? null,
		validFrom: done.revision?.validFrom ?? null,
		validUntil: done.revision?.validUntil ?? null,
		carriesUntil: done.carriesUntil ?? null,
		doneHash: hand.item.askedHash
	};
	// What a second person has accepted stays accepted until that person accepts the newer evidence.
	const waits = hand.item.secondPerson
		? toPrepare(deed.on)
		: or(toPrepare(deed.on), earlierThan(work.validUntil))!;
	const touched = await moveTogether(tx, hand, work as never, waits);
	await conclude(tx, person, 'checklist.prepared', hand, touched, {
		on: deed.on,
		data: { orders: touched.length, revision: done.revision?.id ?? null, words: done.note }
	});
	return answer(hand, touched);
}

/** Accepts what another person prepared; every order the evidence covers shows it, with this person's name. */
export async function acceptItem(db: Db, person: Person, id: number, deed: DeedOn): Promise<Done> {
	return transact(db, async (tx) => {
		const hand = await takeItem(tx, id, deed.on);
		insistOnVersion(hand.item, deed.version);
		insist(whyNotAccept(hand.inState, person));
		const { preparedBy, preparedAt, note, evidenceRevision, validFrom, validUntil, carriesUntil, doneHash } =
			hand.item;
		const work = {
			...{ preparedBy, preparedAt, note, evidenceRevision, validFrom, validUntil, carriesUntil, doneHash },
			state: 'accepted' as const,
			acceptedBy: person.id,
			acceptedAt: sql`now()`,
			reason: null
		};
		const waits = or(toPrepare(deed.on), eq(checklistItems.state, 'prepared'), earlierThan(validUntil));
		const touched = await moveTogether(tx, hand, work as never, waits!);
		await conclude(tx, person, 'checklist.accepted', hand, touched, {
			on: deed.on,
			data: { orders: touched.length, revision: evidenceRevision }
		});
		return answer(hand, touched);
	});
}

/** Sends work back with a reason, on every box that carries it. */
export async function returnItem(
	db: Db,
	person: Person,
	id: number,
	reason: string,
	deed: DeedOn
): Promise<Done> {
	return transact(db, async (tx) => {
		const hand = await takeItem(tx, id, deed.on);
		insistOnVersion(hand.item, deed.version);
		insist(whyNotReturn(hand.inState, person));
		const words = needReason(reason);
		const root = hand.item.carriedFrom ?? hand.item.id;
		const carrying = or(
			eq(checklistItems.id, hand.item.id),
			and(
				or(eq(checklistItems.id, root), eq(checklistItems.carriedFrom, root)),
				inArray(checklistItems.state, ['prepared', 'accepted'])
			)
		)!;
		const touched = await writeTo(tx, carrying, {
			state: 'returned',
			reason: words,
			returnedBy: person.id,
			returnedAt: sql`now()` as never,
			acceptedBy: null,
			acceptedAt: null
		});
		await conclude(tx, person, 'checklist.returned', hand, touched, { on: deed.on, data: { words } });
		return answer(hand, touched);
	});
}

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

/** The item itself, then every box it serves that waits for the same thing; those carry it. */
async function moveTogether(
	tx: Db,
	hand: ItemAtHand,
	work: Parameters<typeof writeTo>[2],
	waits: NonNullable<ReturnType<typeof or>>
): Promise<Item[]> {
	const own = await writeTo(tx, eq(checklistItems.id, hand.item.id), { ...work, carriedFrom: null });
	const others = and(
		servedWith(hand.item),
		sql`${checklistItems.id} <> ${hand.item.id}`,
		eq(checklistItems.askedHash, hand.item.askedHash),
		waits
	)!;
	return [...own, ...(await writeTo(tx, others, { ...work, carriedFrom: hand.item.id }))];
}

function answer(hand: ItemAtHand, touched: Item[]): Done {
	return { item: touched.find((item) => item.id === hand.item.id)!, orders: touched.length };
}

function needReason(reason: string): string {
	const text = reason.trim();
	if (text.length >= 3) return text;
	throw new Refusal('checklist.refusal.reason', {
		status: 400,
		fields: { reason: { key: 'checklist.refusal.reason' } }
	});
}

function needDay(until: PlainDate, on: PlainDate): PlainDate {
	if (until >= on) return until;
	throw new Refusal('checklist.refusal.until', {
		status: 400,
		fields: { until: { key: 'checklist.refusal.until' } }
	});
}
