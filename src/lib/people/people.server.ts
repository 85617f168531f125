import { and, asc, eq, isNull, like, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Locale } from '#lib/words/words.ts';
import { demoHost, emailOf } from './accounts.ts';
import { createAccount, setPassword, setTeams, taken } from './accounts.server.ts';
import { teamsOf } from './lucia.server.ts';
import { hashPassword, inventPassword } from './passwords.server.ts';
import { whyNot } from './policy.ts';
import type { Person, Role } from './roles.ts';
import { people, sessions } from './tables.ts';

export interface PersonRow extends Person {
	disabledAt: Date | null;
	createdAt: Date;
	version: number;
}

/** What an admin says of a person. */
export interface PersonDetails {
	email: string;
	name: string;
	locale: Locale;
	roles: Role[];
	teams: Person['teams'];
}

const columns = {
	id: people.id,
	email: people.email,
	name: people.name,
	locale: people.locale,
	roles: people.roles,
	teams: teamsOf,
	disabledAt: people.disabledAt,
	createdAt: people.createdAt,
	version: people.version
};

/** Everybody with an account, those who may not sign in any more last. */
export async function listPeople(db: Db): Promise<PersonRow[]> {
	return db
		.select(columns)
		.from(people)
		.orderBy(sql`${people.disabledAt} is not null`, asc(people.name), asc(people.id));
}

/** The accounts a demo workspace offers on its sign-in page. */
export async function demoAccounts(db: Db): Promise<Pick<Person, 'email' | 'name' | 'roles' | 'teams'>[]> {
	return db
		.select({ email: people.email, name: people.name, roles: people.roles, teams: teamsOf })
		.from(people)
		.where(and(isNull(people.disabledAt), like(people.email, `%@${demoHost}`)))
		.orderBy(asc(people.id));
}

/** Whether anybody has an account yet. */
export async function somebody(db: Db): Promise<boolean> {
	return (await db.select({ id: people.id }).from(people).limit(1)).length > 0;
}

/** @throws Refusal 404 */
export async function readPerson(db: Db, id: number): Promise<PersonRow> {
	const [found] = await db.select(columns).from(people).where(eq(people.id, id));
	if (!found) throw notFound('noun.person');
	return found;
}

/** Makes an account with a first password, which the answer holds and nothing else ever shows again. */
export async function addPerson(
	db: Db,
	by: Person | null,
	details: PersonDetails
): Promise<{ id: number; password: string }> {
	const admin = manager(by);
	const password = inventPassword();
	const passwordHash = await hashPassword(password);
	const id = await transact(db, (tx) => createAccount(tx, admin, { ...details, passwordHash }));
	return { id, password };
}

/** A change of roles ends the person's sessions, so that no old session wakes up with new rights. */
export async function changePerson(
	db: Db,
	by: Person | null,
	id: number,
	{ version, ...details }: PersonDetails & { version: number }
): Promise<{ rolesChanged: boolean }> {
	const admin = manager(by);
	return transact(db, async (tx) => {
		await lockAdmins(tx);
		const before = await readPerson(tx, id);
		if (before.version !== version) throw stale(before);
		const { teams, ...own } = details;
		await taken(
			tx
				.update(people)
				.set({ ...own, email: emailOf(own.email), version: version + 1 })
				.where(and(eq(people.id, id), eq(people.version, version)))
		);
		await setTeams(tx, id, teams);
		await adminStays(tx);
		const rolesChanged = [...before.roles].sort().join() !== [...own.roles].sort().join();
		if (rolesChanged) await tx.delete(sessions).where(eq(sessions.person, id));
		await record(tx, {
			person: admin.id,
			deed: 'person.changed',
			subject: 'person',
			subjectId: id,
			data: {
				name: own.name,
				before: { roles: before.roles, teams: before.teams },
				after: { roles: own.roles, teams }
			}
		});
		return { rolesChanged };
	});
}

/** Closes or re-opens an account. Closing ends its sessions; nothing the person did is lost. */
export async function setDisabled(
	db: Db,
	by: Person | null,
	id: number,
	{ version, disabled }: { version: number; disabled: boolean }
): Promise<void> {
	const admin = manager(by);
	await transact(db, async (tx) => {
		await lockAdmins(tx);
		const [changed] = await tx
			.update(people)
			.set({ disabledAt: disabled ? sql`now()` : null, version: version + 1 })
			.where(and(eq(people.id, id), eq(people.version, version)))
			.returning({ name: people.name });
		if (!changed) throw stale(await readPerson(tx, id));
		await adminStays(tx);
		if (disabled) await tx.delete(sessions).where(eq(sessions.person, id));
		await record(tx, {
			person: admin.id,
			deed: disabled ? 'person.disabled' : 'person.enabled',
			subject: 'person',
			subjectId: id,
			data: { name: changed.name }
		});
	});
}

/** A new first password, shown once; the person is signed out everywhere. One's own is changed on the account page. */
export async function resetPassword(db: Db, by: Person | null, id: number): Promise<string> {
	const admin = manager(by);
	if (admin.id === id) throw new Refusal('people.reset_own');
	await readPerson(db, id);
	const password = inventPassword();
	const passwordHash = await hashPassword(password);
	await transact(db, (tx) => setPassword(tx, admin, id, passwordHash));
	return password;
}

function manager(by: Person | null): Person {
	const refusal = whyNot(by, 'people.manage');
	if (!by || refusal) throw new Refusal(refusal ?? 'refusal.sign_in', { status: by ? 403 : 401 });
	return by;
}

const isAdmin = and(isNull(people.disabledAt), sql`${people.roles} @> '["admin"]'::jsonb`);

/** Two admins who take the role from each other at once wait for one another here; the second is then refused. */
async function lockAdmins(tx: Db): Promise<void> {
	await tx.select({ id: people.id }).from(people).where(isAdmin).orderBy(people.id).for('update');
}

/** @throws Refusal 'people.last_admin' */
async function adminStays(tx: Db): Promise<void> {
	const [left] = await tx.select({ id: people.id }).from(people).where(isAdmin).limit(1);
	if (!left) throw new Refusal('people.last_admin');
}
