import { eq, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { violated, type Db } from '#lib/server/db/db.ts';
import type { Locale } from '#lib/words/words.ts';
import { emailOf } from './accounts.ts';
import { passwordProblem } from './password-rule.ts';
import { hashPassword } from './passwords.server.ts';
import type { Person, Role } from './roles.ts';
import { people, sessions, teamMembers } from './tables.ts';

/**
 * Writing accounts without asking who wants it: for the set-up page, the command line and the demo, where the right to
 * do it comes from somewhere else. Pages and API use people.server.ts.
 */
export interface NewAccount {
	email: string;
	name: string;
	locale: Locale;
	roles: Role[];
	teams: Person['teams'];
	/** From `hashPassword`: hashing belongs outside the transaction. */
	passwordHash: string;
}

/** @param by who did it; null: the person themselves or the operator. @throws Refusal 'people.email_taken' */
export async function createAccount(
	tx: Db,
	by: Pick<Person, 'id'> | null,
	account: NewAccount
): Promise<number> {
	const { teams, ...columns } = account;
	const [made] = await taken(
		tx
			.insert(people)
			.values({ ...columns, email: emailOf(account.email) })
			.returning({ id: people.id })
	);
	const id = made!.id;
	await setTeams(tx, id, teams);
	await record(tx, {
		person: by?.id ?? id,
		deed: 'person.created',
		subject: 'person',
		subjectId: id,
		data: { name: account.name, roles: account.roles, teams }
	});
	return id;
}

/** Replaces the person's teams. @throws Refusal 404 for a team that is not there */
export async function setTeams(tx: Db, id: number, teams: Person['teams']): Promise<void> {
	await tx.delete(teamMembers).where(eq(teamMembers.person, id));
	if (!teams.length) return;
	try {
		await tx.insert(teamMembers).values(teams.map(({ team, lead }) => ({ team, lead, person: id })));
	} catch (error) {
		throw violated(error) ? notFound('noun.team') : error;
	}
}

/** A new password ends every session of the account. @param by null: the operator, or the person themselves */
export async function setPassword(
	tx: Db,
	by: Pick<Person, 'id'> | null,
	id: number,
	passwordHash: string
): Promise<void> {
	const [changed] = await tx
		.update(people)
		.set({ passwordHash, version: sql`${people.version} + 1` })
		.where(eq(people.id, id))
		.returning({ name: people.name });
	await tx.delete(sessions).where(eq(sessions.person, id));
	await record(tx, {
		person: by?.id ?? null,
		deed: by?.id === id ? 'person.password_changed' : 'person.password_reset',
		subject: 'person',
		subjectId: id,
		data: { name: changed?.name }
	});
}

/** The hash of a password that may be chosen. @throws Refusal beside `field` */
export async function acceptedHash(password: string, email: string, field = 'password'): Promise<string> {
	const problem = passwordProblem(password, email);
	if (problem) throw new Refusal('form.check_fields', { status: 400, fields: { [field]: { key: problem } } });
	return hashPassword(password);
}

/** Puts "that address has an account already" beside its field. */
export async function taken<Result>(write: Promise<Result>): Promise<Result> {
	try {
		return await write;
	} catch (error) {
		if (violated(error) !== 'people_email') throw error;
		throw new Refusal('form.check_fields', { fields: { email: { key: 'people.email_taken' } } });
	}
}
