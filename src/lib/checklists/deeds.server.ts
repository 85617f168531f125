import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Person } from '../people/roles.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { checklistItems } from './tables.ts';
import { needReason } from './reasons.ts';
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
import { whyNotAccept, whyNotPrepare, whyNotReturn } from './transitions.ts';

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
	const touched = await moveTogether(tx, hand, work, waits);
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
		const touched = await moveTogether(tx, hand, work, waits!);
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
			returnedAt: sql`now()`,
			acceptedBy: null,
			acceptedAt: null
		});
		await conclude(tx, person, 'checklist.returned', hand, touched, { on: deed.on, data: { words } });
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

/** What a deed answers: the item as it is now, and on how many boxes the work stands. */
export function answer(hand: ItemAtHand, touched: Item[]): Done {
	return { item: touched.find((item) => item.id === hand.item.id)!, orders: touched.length };
}
