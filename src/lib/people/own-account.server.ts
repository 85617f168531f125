import { and, eq, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { Refusal, stale } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Locale } from '#lib/words/words.ts';
import { acceptedHash, setPassword } from './accounts.server.ts';
import { readPerson } from './people.server.ts';
import { verifyPassword } from './passwords.server.ts';
import type { Person } from './roles.ts';
import { openSession, takeAttempt, type Session, type SignInContext } from './sessions.server.ts';
import { people } from './tables.ts';

/** One's own name and language. */
export async function changeOwnAccount(
	db: Db,
	person: Person,
	{ version, name, locale }: { version: number; name: string; locale: Locale }
): Promise<void> {
	await transact(db, async (tx) => {
		const changed = await tx
			.update(people)
			.set({ name, locale, version: version + 1 })
			.where(and(eq(people.id, person.id), eq(people.version, version)))
			.returning({ id: people.id });
		if (!changed.length) throw stale(await readPerson(tx, person.id));
		await record(tx, {
			person: person.id,
			deed: 'person.changed',
			subject: 'person',
			subjectId: person.id,
			data: { name }
		});
	});
}

/** The language a person switched to: a preference like the theme, no deed worth a line in the activity. */
export async function rememberLocale(db: Db, person: Person, locale: Locale): Promise<void> {
	await db
		.update(people)
		.set({ locale, version: sql`${people.version} + 1` })
		.where(eq(people.id, person.id));
}

/**
 * A new password for who knows the present one. Every session ends, this one included: the answer is its successor.
 * Wrong guesses count against the same limit as sign-ins. @throws Refusal beside `current_password` or `password`
 */
export async function changeOwnPassword(
	db: Db,
	person: Person,
	given: { current: string; password: string },
	{ address, now, limits }: Omit<SignInContext, 'previous'>
): Promise<Session> {
	const settled = takeAttempt(limits, person.email, address, now);
	const stored = await passwordOf(db, person);
	if (!(await verifyPassword(stored, given.current))) {
		throw new Refusal('form.check_fields', {
			status: 400,
			fields: { current_password: { key: 'people.password_not_yours' } }
		});
	}
	settled();
	const passwordHash = await acceptedHash(given.password, person.email);
	return transact(db, async (tx) => {
		if ((await passwordOf(tx, person)) !== stored) throw stale(null);
		await setPassword(tx, person, person.id, passwordHash);
		return openSession(tx, person);
	});
}

async function passwordOf(db: Db, person: Person): Promise<string> {
	const [found] = await db
		.select({ stored: people.passwordHash })
		.from(people)
		.where(eq(people.id, person.id))
		.for('update');
	return found?.stored ?? '';
}
