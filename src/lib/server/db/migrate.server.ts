import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as overPostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import type { PGlite } from '@electric-sql/pglite';
import type postgres from 'postgres';
import { sqlState } from './db.ts';
import { reasonOf, StartRefused } from './start-refused.ts';

/** Any number, as long as every process of ours uses the same one. */
const advisoryLock = 7_401_926;

/** Runs the pending migrations of `folder` (made by drizzle-kit) in one transaction. @throws StartRefused */
export async function migrateEmbedded(pglite: PGlite, folder: string): Promise<void> {
	await orRefuse(() => migratePglite(overPglite(pglite), { migrationsFolder: folder }));
}

/** The same on PostgreSQL. Processes that start together wait for the first one. @throws StartRefused */
export async function migrateServer(connection: postgres.Sql, folder: string): Promise<void> {
	await connection`select pg_advisory_lock(${advisoryLock})`;
	try {
		await orRefuse(() => migratePostgres(overPostgres(connection), { migrationsFolder: folder }));
	} finally {
		await connection`select pg_advisory_unlock(${advisoryLock})`;
	}
}

async function orRefuse(migrate: () => Promise<void>): Promise<void> {
	try {
		await migrate();
	} catch (error) {
		if (sqlState(error) === '42501') {
			throw new StartRefused(
				`The database user may not create the tables (${reasonOf(error)}): make it the owner of the database.`,
				error
			);
		}
		throw new StartRefused(
			`The database could not be brought to this version (${reasonOf(error)}): nothing was changed; go back to the version that ran before, or restore a backup.`,
			error
		);
	}
}
