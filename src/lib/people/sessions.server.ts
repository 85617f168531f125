import { and, eq, isNull } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { addressKey, type Limits } from '#lib/server/web/limits.ts';
import { demoAccount, emailOf } from './accounts.ts';
import { hashOf, lucia, teamsOf } from './lucia.server.ts';
import { hashPassword, needsRehash, nobodysHash, verifyPassword } from './passwords.server.ts';
import type { Person } from './roles.ts';
import type { SessionCache } from './session-cache.ts';
import { people, sessions } from './tables.ts';

export interface Session {
	/** Goes into the cookie and nowhere else. */
	token: string;
	expiresAt: Date;
}

export interface SignInContext {
	/** Where the attempt comes from, for the limit. */
	address: string;
	now: Date;
	limits: Limits;
	/** The session the browser came with: it ends, so that an id somebody planted is worth nothing. */
	previous?: string;
}

/**
 * Opens a session for who knows the password. An unknown account, a disabled one and a wrong password get the same
 * answer after the same time. @throws Refusal 'sign_in.too_many' (429) with `minutes`, 'sign_in.wrong' (400)
 */
export async function signIn(
	db: Db,
	given: { email: string; password: string },
	{ address, now, limits, previous }: SignInContext
): Promise<Session & { person: Person }> {
	const email = emailOf(given.email);
	const settled = takeAttempt(limits, email, address, now);
	const account = await accountOf(db, email);
	const right = await verifyPassword(account?.passwordHash ?? nobodysHash, given.password);
	if (!account || !right) throw wrong();
	const renewed = needsRehash(account.passwordHash) ? await hashPassword(given.password) : undefined;
	const session = await transact(db, async (tx) => {
		if (!(await stillOpen(tx, account))) throw wrong();
		if (renewed)
			await tx.update(people).set({ passwordHash: renewed }).where(eq(people.id, account.person.id));
		return openSession(tx, account.person, previous);
	});
	settled();
	return { ...session, person: account.person };
}

/** One click instead of a password, for the accounts a demo workspace comes with and for no other. */
export async function signInDemo(
	db: Db,
	workspace: 'demo' | 'real',
	given: string,
	previous?: string
): Promise<Session & { person: Person }> {
	const email = emailOf(given);
	const account = workspace === 'demo' && demoAccount(email) ? await accountOf(db, email) : undefined;
	if (!account) throw new Refusal('sign_in.demo_only', { status: 403 });
	const session = await transact(db, (tx) => openSession(tx, account.person, previous));
	return { ...session, person: account.person };
}

/** Opens a session and records it, in the caller's transaction. */
export async function openSession(tx: Db, person: Pick<Person, 'id'>, previous?: string): Promise<Session> {
	if (previous) await tx.delete(sessions).where(eq(sessions.hash, hashOf(previous)));
	await lucia(tx).deleteExpiredSessions();
	const { id: token, expiresAt } = await lucia(tx).createSession(person.id, {});
	await record(tx, { person: person.id, deed: 'person.signed_in', subject: 'person', subjectId: person.id });
	return { token, expiresAt };
}

/** Who holds this token, or null. `renewed`: the session was prolonged, so the cookie must be set again. */
export async function personOf(
	db: Db,
	token: string,
	cache?: SessionCache
): Promise<{ person: Person; expiresAt: Date; renewed: boolean } | null> {
	const hash = hashOf(token);
	const seen = cache?.get(hash);
	if (seen) return { person: seen.person, expiresAt: seen.expiresAt, renewed: false };
	const { session, user } = await lucia(db).validateSession(token);
	if (!session) return null;
	cache?.put(hash, { person: user, expiresAt: session.expiresAt });
	return { person: user, expiresAt: session.expiresAt, renewed: session.fresh };
}

/** Ends this one session. */
export async function signOut(db: Db, token: string, cache?: SessionCache): Promise<void> {
	await db.delete(sessions).where(eq(sessions.hash, hashOf(token)));
	cache?.forget(hashOf(token));
}

/** Ends every session of the person: after a new password, a change of roles, or when the account is disabled. */
export async function signOutEverywhere(db: Db, personId: number, cache?: SessionCache): Promise<void> {
	await lucia(db).invalidateUserSessions(personId);
	cache?.forgetPerson(personId);
}

/**
 * Counts the attempt for the account and for the address. The answer is called when the password was right: that
 * attempt was no guess. @throws Refusal
 */
export function takeAttempt(limits: Limits, email: string, address: string, now: Date): () => void {
	const from = addressKey(address);
	const wait = limits.address.take(from, now) || limits.account.take(email, now);
	if (wait) throw new Refusal('sign_in.too_many', { status: 429, args: { minutes: Math.ceil(wait / 60) } });
	return () => {
		limits.address.giveBack(from);
		limits.account.forget(email);
	};
}

const wrong = () => new Refusal('sign_in.wrong', { status: 400 });

interface Account {
	person: Person;
	passwordHash: string;
}

async function accountOf(db: Db, email: string): Promise<Account | undefined> {
	const [found] = await db
		.select({
			id: people.id,
			email: people.email,
			name: people.name,
			locale: people.locale,
			roles: people.roles,
			teams: teamsOf,
			passwordHash: people.passwordHash
		})
		.from(people)
		.where(and(eq(people.email, email), isNull(people.disabledAt)));
	if (!found) return undefined;
	const { passwordHash, ...person } = found;
	return { person, passwordHash };
}

/** Hashing took its time: had the password changed or the account been closed meanwhile, this session must not open. */
async function stillOpen(tx: Db, { person, passwordHash }: Account): Promise<boolean> {
	const open = await tx
		.select({ id: people.id })
		.from(people)
		.where(and(eq(people.id, person.id), eq(people.passwordHash, passwordHash), isNull(people.disabledAt)))
		.for('update');
	return open.length === 1;
}
