import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Locale } from '#lib/words/words.ts';
import { acceptedHash, createAccount } from './accounts.server.ts';
import { somebody } from './people.server.ts';
import { openSession, type Session } from './sessions.server.ts';
import { workspace } from './tables.ts';

/** What a set-up link leads to: the form, "it was used", or "this is no such link". */
export type SetupState = 'open' | 'used' | 'unknown';

/**
 * A one-time link's token for a workspace that has nobody yet; an earlier link stops working. The operator sees it once,
 * in the output of the start; the database holds its hash only. @throws Refusal 'setup.used' when somebody is there
 */
export async function makeSetupLink(db: Db): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	await transact(db, async (tx) => {
		await tx.select({ id: workspace.id }).from(workspace).for('update');
		if (await somebody(tx)) throw new Refusal('setup.used');
		await tx.update(workspace).set({ setupHash: hashOf(token) });
	});
	return token;
}

export async function setupState(db: Db, token: string): Promise<SetupState> {
	const [row] = await db.select({ setupHash: workspace.setupHash }).from(workspace);
	if (row?.setupHash && matches(row.setupHash, token)) return 'open';
	return (await somebody(db)) ? 'used' : 'unknown';
}

/** The first person is an admin, who lets everybody else in, and is signed in at once. The link is used up. */
export async function createFirstPerson(
	db: Db,
	token: string,
	given: { name: string; email: string; password: string; locale: Locale }
): Promise<Session> {
	await refuseUnlessOpen(db, token);
	const { password, ...own } = given;
	const passwordHash = await acceptedHash(password, given.email);
	return transact(db, async (tx) => {
		await tx.select({ id: workspace.id }).from(workspace).for('update');
		await refuseUnlessOpen(tx, token);
		await tx.update(workspace).set({ setupHash: null });
		const id = await createAccount(tx, null, { ...own, roles: ['admin'], teams: [], passwordHash });
		return openSession(tx, { id });
	});
}

async function refuseUnlessOpen(db: Db, token: string): Promise<void> {
	const state = await setupState(db, token);
	if (state !== 'open') throw new Refusal(state === 'used' ? 'setup.used' : 'setup.unknown', { status: 403 });
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

function matches(hash: string, token: string): boolean {
	return timingSafeEqual(Buffer.from(hash), Buffer.from(hashOf(token)));
}
