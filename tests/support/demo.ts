import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { loadDemo } from '#lib/demo/demo.server.ts';
import { teamsOf } from '#lib/people/lucia.server.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { createStorage, type Storage } from '#lib/server/storage/storage.server.ts';

export const demoDay = '2026-11-23';

/** The demo workspace in a test database, with a storage of its own. */
export async function withDemo(db: Db): Promise<Storage> {
	const storage = createStorage(mkdtempSync(path.join(tmpdir(), 'ruleline-test-')));
	await loadDemo(db, storage, demoDay);
	return storage;
}

/** One of the cast by the part of their address before the @. */
export async function personCalled(db: Db, name: string): Promise<Person> {
	const [row] = await db
		.select({
			id: people.id,
			email: people.email,
			name: people.name,
			locale: people.locale,
			roles: people.roles,
			teams: teamsOf
		})
		.from(people)
		.where(eq(people.email, `${name}@demo.example`));
	if (!row) throw new Error(`nobody is called ${name}`);
	return row;
}
