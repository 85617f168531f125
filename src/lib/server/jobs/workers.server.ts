import type { Job, PgBoss } from 'pg-boss';
import type { JobDefinition, JobLog } from './jobs.server.ts';

export interface WorkerContext {
	/** Ids of the jobs being worked on; after a stop, of those it cut short. */
	running: Set<string>;
	/** Fires when the process stops. */
	stopping: AbortSignal;
	log: JobLog;
}

export async function startWorkers(
	boss: PgBoss,
	definitions: Record<string, JobDefinition>,
	context: WorkerContext
): Promise<void> {
	for (const [name, definition] of Object.entries(definitions)) {
		const options = {
			localConcurrency: definition.concurrency ?? 1,
			pollingIntervalSeconds: 2,
			// New jobs arrive by notification; retries and delayed ones wait for this poll, which is 30 s unless set.
			notifyPollingIntervalSeconds: 2
		};
		await boss.work<object>(name, options, async ([job]) => {
			if (job) await perform(definition, job, context);
		});
	}
}

async function perform(definition: JobDefinition, job: Job<object>, context: WorkerContext): Promise<void> {
	const { running, stopping, log } = context;
	running.add(job.id);
	try {
		stopping.throwIfAborted();
		await definition.run(job.data ?? {}, { signal: AbortSignal.any([job.signal, stopping]) });
		running.delete(job.id);
	} catch (error) {
		if (stopping.aborted) throw error;
		running.delete(job.id);
		log.warn(
			{ err: error, job: job.name, id: job.id },
			'a job failed and is tried again while it has tries left'
		);
		throw error;
	}
}
