import { and, asc, eq, sql } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { people, teamMembers } from '#lib/people/tables.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, violated, type Db } from '#lib/server/db/db.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { teams } from './tables.ts';

export interface TeamRow {
	key: string;
	names: LocalizedText;
	version: number;
	members: { id: number; name: string; lead: boolean }[];
}

/** All teams in their order, each with the members who may sign in, leads first. */
export async function listTeams(db: Db): Promise<TeamRow[]> {
	return db
		.select({ key: teams.key, names: teams.names, version: teams.version, members: membersOf })
		.from(teams)
		.orderBy(asc(teams.position), asc(teams.key));
}

/** What teams are called, by key, in their order. */
export async function teamNames(db: Db): Promise<Record<string, LocalizedText>> {
	const all = await db
		.select({ key: teams.key, names: teams.names })
		.from(teams)
		.orderBy(asc(teams.position), asc(teams.key));
	return Object.fromEntries(all.map(({ key, names }) => [key, names]));
}

/** Adds a team at the end. `key` names it in files and addresses, for good. @throws Refusal 'teams.key_taken' */
export async function addTeam(
	db: Db,
	by: Person | null,
	{ key, names }: { key: string; names: LocalizedText }
): Promise<void> {
	const admin = manager(by);
	await transact(db, async (tx) => {
		const position = sql`(select coalesce(max(${teams.position}), 0) + 1 from ${teams})`;
		try {
			await tx.insert(teams).values({ key, names, position });
		} catch (error) {
			if (!violated(error)) throw error;
			throw new Refusal('form.check_fields', { fields: { key: { key: 'teams.key_taken' } } });
		}
		await record(tx, deed(admin, 'team.created', key, names));
	});
}

/** Changes what a team is called. @throws Refusal 404, 412 */
export async function changeTeam(
	db: Db,
	by: Person | null,
	key: string,
	{ version, names }: { version: number; names: LocalizedText }
): Promise<void> {
	const admin = manager(by);
	await transact(db, async (tx) => {
		const changed = await tx
			.update(teams)
			.set({ names, version: version + 1 })
			.where(and(eq(teams.key, key), eq(teams.version, version)))
			.returning({ key: teams.key });
		if (!changed.length) throw await whyUnchanged(tx, key);
		await record(tx, deed(admin, 'team.changed', key, names));
	});
}

const membersOf = sql<TeamRow['members']>`coalesce(
	(select jsonb_agg(jsonb_build_object('id', ${people.id}, 'name', ${people.name}, 'lead', ${teamMembers.lead})
		order by ${teamMembers.lead} desc, ${people.name})
	from ${teamMembers} join ${people} on ${people.id} = ${teamMembers.person}
	where ${teamMembers.team} = ${teams.key} and ${people.disabledAt} is null), '[]'::jsonb)`;

async function whyUnchanged(tx: Db, key: string): Promise<Refusal> {
	const now = (await listTeams(tx)).find((team) => team.key === key);
	return now ? stale(now) : notFound('noun.team');
}

/** Teams have a key instead of a number: the key is among the words. */
function deed(admin: Person, name: 'team.created' | 'team.changed', key: string, names: LocalizedText) {
	return { person: admin.id, deed: name, subject: 'team', subjectId: 0, data: { team: key, names } };
}

function manager(by: Person | null): Person {
	const refusal = whyNot(by, 'people.manage');
	if (!by || refusal) throw new Refusal(refusal ?? 'refusal.sign_in', { status: by ? 403 : 401 });
	return by;
}
