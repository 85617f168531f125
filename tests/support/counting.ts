import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { drizzle as overPostgres } from 'drizzle-orm/postgres-js';
import type { Db } from '#lib/server/db/db.ts';
import type { TestDatabase } from './database.ts';

/** The same database, with a count of the statements it was asked. */
export function counting(database: TestDatabase): { db: Db; count: () => number } {
	let queries = 0;
	const logger = { logQuery: () => void (queries += 1) };
	const db =
		database.kind === 'embedded'
			? overPglite(database.pglite!, { logger })
			: overPostgres((database.db as unknown as { $client: never }).$client, { logger });
	return { db: db as unknown as Db, count: () => queries };
}
