import { fromPglite, PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Database } from '../db/open.server.ts';

/** Where pg-boss keeps its tables. */
export const jobSchema = 'pgboss';

/**
 * A pg-boss on the database. On PostgreSQL it has a small pool of its own (it needs node-postgres and a connection that
 * listens); embedded it shares the one connection, so its housekeeping is spread thin there.
 */
export function createBoss(
	database: Pick<Database, 'kind' | 'pglite' | 'url'>,
	options: Partial<ConstructorOptions> = {}
): PgBoss {
	const shared: ConstructorOptions = { schema: jobSchema, registerInstance: false, ...options };
	if (database.kind === 'postgres') {
		return new PgBoss({
			...shared,
			connectionString: database.url,
			application_name: 'ruleline-jobs',
			max: 4,
			monitorIntervalSeconds: 30,
			superviseIntervalSeconds: 30
		});
	}
	return new PgBoss({
		...shared,
		db: fromPglite(database.pglite!),
		backend: 'pglite',
		monitorIntervalSeconds: 300,
		superviseIntervalSeconds: 300,
		bamIntervalSeconds: 600,
		flowIntervalSeconds: 600,
		// Both are for servers that are written to around the clock.
		reindex: false,
		monitorVacuum: false
	});
}

/** Creates the job tables, so that a database begun from a template need not. */
export async function installJobTables(database: Pick<Database, 'kind' | 'pglite' | 'url'>): Promise<void> {
	const boss = createBoss(database, { supervise: false, schedule: false });
	boss.on('error', () => {}); // start() rejects with the same error.
	await boss.start();
	await boss.stop({ graceful: false });
}
