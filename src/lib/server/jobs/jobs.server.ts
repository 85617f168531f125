import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Db } from '../db/db.ts';
import type { Database } from '../db/open.server.ts';
import { createBoss } from './boss.server.ts';
import { handBack, handBackRunning } from './hand-back.server.ts';
import { createQueues, registerSchedules } from './queues.server.ts';
import { startWorkers } from './workers.server.ts';

export interface JobDefinition<Data extends object = object> {
	/**
	 * Does the work. Throwing means: try again later. `signal` fires when the process stops or the time is up; whoever
	 * heeds it ends soon, and a job cut short by a stop runs again elsewhere, so every job must be safe to repeat.
	 */
	run(data: Data, context: { signal: AbortSignal }): Promise<void>;
	/** Five-field cron line; the job is then also enqueued, with empty data, whenever it says. */
	schedule?: string;
	/** How often and after what delay (doubling each time) a failed job is tried again. Default 3 times, first after 5 s. */
	retry?: { limit: number; delaySeconds: number };
	/** Jobs of this name running at once in this process. Default 1. */
	concurrency?: number;
	/** After how long a job is given up and counts as failed. Default 900. */
	timeoutSeconds?: number;
}

export interface EnqueueOptions {
	/** The transaction the job belongs to: it exists if and only if that commits. Required inside a transaction. */
	tx?: Db;
	/** With a key, a job is dropped while one with the same name and key is still waiting. */
	singletonKey?: string;
	/** Not before this time, or this many seconds from now. */
	startAfter?: Date | number;
}

export interface Jobs {
	/** @returns the job's id, or null when one with the same key waits already */
	enqueue(name: string, data: object, options?: EnqueueOptions): Promise<string | null>;
	/** Stops taking jobs, gives running ones two seconds to end, and hands back what has not ended. */
	stop(): Promise<void>;
}

/** The part of the log that background work needs. */
export interface JobLog {
	error(details: object, message: string): void;
	warn(details: object, message: string): void;
}

export interface JobsOptions {
	log: JobLog;
	/** Off: this process only enqueues, others do the work. */
	workers: boolean;
	/** In which the schedules' cron lines are read. Default UTC. */
	timeZone?: string;
}

/** Creates a queue per definition, registers the schedules, and starts working if asked to. */
export async function startJobs(
	database: Database,
	definitions: Record<string, JobDefinition>,
	{ log, workers, timeZone = 'UTC' }: JobsOptions
): Promise<Jobs> {
	const boss = createBoss(database, { supervise: workers, schedule: workers, useListenNotify: workers });
	boss.on('error', (error) => log.error({ err: error }, 'background work failed'));
	boss.on('warning', (warning) => log.warn({ warning }, 'background work needs attention'));
	await boss.start();
	await createQueues(boss, definitions, database.kind);
	const stopping = new AbortController();
	const running = new Set<string>();
	if (workers) {
		// One process owns the embedded database, so a job still marked as running was cut short by a kill.
		if (database.kind === 'embedded') await handBackRunning(database.db);
		await registerSchedules(boss, definitions, timeZone);
		await startWorkers(boss, definitions, { running, stopping: stopping.signal, log });
	}
	return {
		enqueue: (name, data, options) => enqueue(boss, name, data, options),
		stop: async () => {
			stopping.abort(new Error('The process is stopping.'));
			await boss.stop({ graceful: true, timeout: 2_000 });
			await handBack(database.db, [...running]);
		}
	};
}

function enqueue(
	boss: PgBoss,
	name: string,
	data: object,
	options: EnqueueOptions = {}
): Promise<string | null> {
	const { tx, singletonKey = crypto.randomUUID(), startAfter } = options;
	return boss.send(name, data, { singletonKey, startAfter, ...(tx && { db: within(tx) }) });
}

/** Either driver's transaction answers as pg-boss expects; our common type only does not say so. */
function within(tx: Db): ReturnType<typeof fromDrizzle> {
	return fromDrizzle(tx as Parameters<typeof fromDrizzle>[0], sql);
}
