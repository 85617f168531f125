import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { createSessionCache, type SessionCache } from '#lib/people/session-cache.ts';
import { createStandingCache, type StandingCache } from '#lib/rules/standing-cache.server.ts';
import { openDatabase, type Database } from '#lib/server/db/open.server.ts';
import { startJobs, type Jobs } from '#lib/server/jobs/jobs.server.ts';
import { createLog, type Log } from '#lib/server/log.ts';
import { createOutbound, type Outbound } from '#lib/server/outbound/outbound.server.ts';
import { createStorage, type Storage } from '#lib/server/storage/storage.server.ts';
import { createLimits, type Limits } from '#lib/server/web/limits.ts';
import { createMetrics, type Metrics } from '#lib/server/web/metrics.server.ts';
import { businessDay, type PlainDate } from '#lib/time.ts';
import { demoAllowed, variables, type Env } from '../env.ts';
import { atStart, jobDefinitions } from './jobs.server.ts';
import { openWorkspace, type Workspace } from './workspace.server.ts';

/** Everything a running server holds: made once at start, handed to requests and jobs, closed when it stops. */
export interface Services {
	env: Env;
	database: Database;
	workspace: Workspace;
	storage: Storage;
	outbound: Outbound;
	jobs: Jobs;
	sessions: SessionCache;
	standing: StandingCache;
	limits: Limits;
	metrics: Metrics;
	log: Log;
	now(): Date;
	/** The business day: the real one in the business zone, or the day a demo is shown on. */
	today(): PlainDate;
	close(): Promise<void>;
}

/** Opens everything in order. @throws StartRefused with one sentence that says what to do */
export async function startServices(env: Env, root: string): Promise<Services> {
	const log = createLog(env.LOG_LEVEL);
	const dataDir = path.resolve(env.DATA_DIR);
	const prepared = await prepareFirstStart(env, dataDir, path.join(root, 'build'));
	const database = await openDatabase({
		databaseUrl: env.DATABASE_URL || undefined,
		dataDir,
		template: prepared,
		migrationsFolder: path.join(root, 'drizzle')
	});
	const storage = createStorage(path.join(dataDir, 'files'));
	const workspace = await openWorkspace(database.db, storage, env);
	const now = () => new Date();
	const services: Omit<Services, 'jobs' | 'close'> = {
		...{ env, database, workspace, storage, log, now },
		outbound: createOutbound({ allow: env.OUTBOUND_ALLOW, userAgent: 'Ruleline/0.1 (feed reader)' }),
		sessions: createSessionCache(() => Date.now()),
		standing: createStandingCache(),
		limits: createLimits(),
		metrics: createMetrics(),
		today: () => workspace.shownOn ?? businessDay(now(), env.TZ_BUSINESS)
	};
	const jobs: Jobs = await startJobs(
		database,
		jobDefinitions({ ...services, db: database.db, jobs: { enqueue: (...job) => jobs.enqueue(...job) } }),
		{ log, workers: env.WORKERS, timeZone: env.TZ_BUSINESS }
	);
	if (env.WORKERS) {
		for (const name of atStart) await jobs.enqueue(name, {}, { singletonKey: 'start' });
	}
	return {
		...services,
		jobs,
		async close() {
			await jobs.stop();
			await services.outbound.close();
			await database.close();
		}
	};
}

/**
 * Which prepared database a first start begins from. The demo as it is shown by default was made with the build; its
 * files are put into the data folder before the database that names them.
 */
async function prepareFirstStart(env: Env, dataDir: string, build: string): Promise<string> {
	const demo = path.join(build, 'template-demo');
	const asBuilt = demoAllowed(env) && env.DEMO_TODAY === variables.DEMO_TODAY.fallback;
	if (env.DATABASE_URL || !asBuilt || !existsSync(demo)) return path.join(build, 'template');
	if (!existsSync(path.join(dataDir, 'pgdata'))) {
		await cp(`${demo}-files`, path.join(dataDir, 'files'), { recursive: true });
	}
	return demo;
}
