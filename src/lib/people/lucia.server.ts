import { createHash } from 'node:crypto';
import { eq, lt, sql } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { Db } from '#lib/server/db/db.ts';
import type { Person } from './roles.ts';
import { people, sessions, teamMembers } from './tables.ts';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof lucia>;
		UserId: number;
		DatabaseUserAttributes: Person;
	}
}

/** Lucia over our tables: sessions of 14 days, prolonged when used in their second half. Only sessions.server.ts uses it. */
export function lucia(db: Db) {
	return new Lucia(adapter(db), {
		sessionExpiresIn: new TimeSpan(14, 'd'),
		getUserAttributes: (person: Person) => person
	});
}

/** What is stored of a session id. The id has 200 random bits, so a plain hash cannot be guessed back. */
export function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** The database knows hashes only, Lucia and the cookie know the token only: this is where the two meet. */
function adapter(db: Db): Adapter {
	return {
		async getSessionAndUser(token) {
			const found = await sessionAndPerson(db, hashOf(token));
			if (!found) return [null, null];
			const { expiresAt, session, disabledAt, ...person } = found;
			const user = disabledAt ? null : { id: person.id, attributes: person };
			return [{ id: token, userId: session, expiresAt, attributes: {} }, user];
		},
		/** A list of sessions would need their tokens, which nobody has. */
		async getUserSessions() {
			return [];
		},
		async setSession({ id, userId, expiresAt }) {
			await db.insert(sessions).values({ hash: hashOf(id), person: userId, expiresAt });
		},
		async updateSessionExpiration(token, expiresAt) {
			await db
				.update(sessions)
				.set({ expiresAt })
				.where(eq(sessions.hash, hashOf(token)));
		},
		async deleteSession(token) {
			await db.delete(sessions).where(eq(sessions.hash, hashOf(token)));
		},
		async deleteUserSessions(person) {
			await db.delete(sessions).where(eq(sessions.person, person));
		},
		async deleteExpiredSessions() {
			await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
		}
	};
}

/** Session, person, roles and teams in one query: every request of a signed-in person begins with it. */
async function sessionAndPerson(db: Db, hash: string) {
	const [found] = await db
		.select({
			session: sessions.person,
			expiresAt: sessions.expiresAt,
			disabledAt: people.disabledAt,
			id: people.id,
			email: people.email,
			name: people.name,
			locale: people.locale,
			roles: people.roles,
			teams: teamsOf
		})
		.from(sessions)
		.innerJoin(people, eq(people.id, sessions.person))
		.where(eq(sessions.hash, hash));
	return found;
}

/** A person's teams as one JSON column, beside any query over `people`. */
export const teamsOf = sql<Person['teams']>`coalesce(
	(select jsonb_agg(jsonb_build_object('team', ${teamMembers.team}, 'lead', ${teamMembers.lead}) order by ${teamMembers.team})
	from ${teamMembers} where ${teamMembers.person} = ${people.id}), '[]'::jsonb)`;
