import { and, asc, isNull, sql } from 'drizzle-orm';
import { roles, type Role } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';

/** Whom to ask for what: the names of those who hold each role and may sign in; a role nobody holds is left out. */
export async function roleHolders(db: Db): Promise<{ role: Role; names: string[] }[]> {
	const found = await db
		.select({ name: people.name, roles: people.roles })
		.from(people)
		.where(and(isNull(people.disabledAt), sql`jsonb_array_length(${people.roles}) > 0`))
		.orderBy(asc(people.name));
	return roles
		.map((role) => ({
			role,
			names: found.flatMap((person) => (person.roles.includes(role) ? person.name : []))
		}))
		.filter(({ names }) => names.length > 0);
}
