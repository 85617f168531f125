import type { Attestation } from '#lib/changes/claim-form.ts';
import type { Person, Role } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { captures, extracts, items, sources } from '#lib/sources/tables.ts';

export async function someone(db: Db, name: string, roles: Role[]): Promise<Person> {
	const email = `${name}@example.test`;
	const [row] = await db
		.insert(people)
		.values({ email, name, passwordHash: 'none', roles })
		.returning({ id: people.id });
	return { id: row!.id, email, name, locale: 'en', roles, teams: [] };
}

const circular =
	'A forwarder says the pilot will also apply to\n   components entering through Da Nang from 1 December 2026.';

export async function read(
	db: Db,
	source: { name: string; homepage?: string },
	text = circular
): Promise<number> {
	const [made] = await db
		.insert(sources)
		.values({ name: source.name, kind: 'manual', tier: 3, homepage: source.homepage ?? null })
		.returning({ id: sources.id });
	const [item] = await db
		.insert(items)
		.values({ source: made!.id, identity: source.name, title: 'Da Nang added' })
		.returning({ id: items.id });
	const [capture] = await db
		.insert(captures)
		.values({ source: made!.id, sha256: 'a'.repeat(64), size: 1 })
		.returning({ id: captures.id });
	await db
		.insert(extracts)
		.values({ capture: capture!.id, item: item!.id, extractor: 'test/1', text, hash: 'x' });
	return item!.id;
}

export const daNang = {
	subject: 'pilot',
	predicate: 'scope.place',
	value: 'Da Nang',
	paraphrase: 'Da Nang is added.'
};

export function attestation(from: string, more: Partial<Attestation> = {}): Attestation {
	const said = { statement: 'reported' as const, asOf: null, originGroup: '', quote: '', summary: '' };
	return { ...said, from, ...more };
}

export const quoting = (item: number, quote: string, originGroup = '') =>
	attestation(`item:${item}`, { quote, originGroup });
