import { and, eq, lt } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { answered } from '#lib/server/web/api.server.ts';
import { idempotencyKeys } from './tables.ts';

const dayMs = 86_400_000;

export interface Named {
	person: number;
	/** Method and path, ids and all. */
	route: string;
	key: string;
	/** Everything the answer depends on. */
	asked: unknown;
	now: Date;
}

/**
 * Does `work` once for a key: a second sending within a day gets the first answer. Only success is kept; after a
 * refusal or a fault nothing was changed, and the key is free again.
 * @throws Refusal 400 no usable key, 409 the first sending has no answer yet, 422 the key was used for something else
 */
export async function once(db: Db, named: Named, work: () => Promise<Response>): Promise<Response> {
	if (!/^[\x21-\x7e]{1,200}$/.test(named.key)) throw new Refusal('api.key_wrong', { status: 400 });
	const asked = createHash('sha256').update(JSON.stringify(named.asked)).digest('hex');
	const before = await claim(db, named, asked);
	if (before) return replay(before, asked);
	let response: Response | undefined;
	try {
		response = await work();
	} finally {
		if (!response?.ok) await db.delete(idempotencyKeys).where(theOne(named));
	}
	const body = response.body && (await response.clone().text());
	await db.update(idempotencyKeys).set({ status: response.status, body }).where(theOne(named));
	return response;
}

type Kept = typeof idempotencyKeys.$inferSelect;

/** Takes the key, or answers who has it. */
async function claim(db: Db, named: Named, asked: string): Promise<Kept | null> {
	const { person, route, key, now } = named;
	await db.delete(idempotencyKeys).where(lt(idempotencyKeys.at, new Date(now.getTime() - dayMs)));
	const taken = await db
		.insert(idempotencyKeys)
		.values({ person, route, key, asked, at: now })
		.onConflictDoNothing()
		.returning({ key: idempotencyKeys.key });
	if (taken.length) return null;
	const [kept] = await db.select().from(idempotencyKeys).where(theOne(named));
	// Given back between the two looks: whoever asks again will get it.
	if (!kept) throw new Refusal('api.key_busy');
	return kept;
}

function replay({ status, body, asked: first }: Kept, asked: string): Response {
	if (first !== asked) throw new Refusal('api.key_reused', { status: 422 });
	if (status === null) throw new Refusal('api.key_busy');
	return answered(body && JSON.parse(body), status, { 'idempotency-replayed': 'true' });
}

function theOne({ person, route, key }: Named) {
	return and(
		eq(idempotencyKeys.person, person),
		eq(idempotencyKeys.route, route),
		eq(idempotencyKeys.key, key)
	);
}
