import type { PgBoss, QueueOptions } from 'pg-boss';
import type { Database } from '../db/open.server.ts';
import type { JobDefinition } from './jobs.server.ts';

type Definitions = Record<string, JobDefinition>;

/**
 * One queue per definition. Creating and updating also fills pg-boss's cache of queues; without that, the first enqueue
 * inside a transaction would look the queue up on the outer connection and wait for ever on the embedded database.
 */
export async function createQueues(
	boss: PgBoss,
	definitions: Definitions,
	kind: Database['kind']
): Promise<void> {
	const known = new Set((await boss.getQueues()).map((queue) => queue.name));
	for (const [name, definition] of Object.entries(definitions)) {
		const options = { ...queueOptions(definition, kind), notify: true };
		// "short": of several jobs with one singleton key, one may wait.
		if (known.has(name)) await boss.updateQueue(name, options);
		else await boss.createQueue(name, { ...options, policy: 'short' });
	}
}

function queueOptions(definition: JobDefinition, kind: Database['kind']): QueueOptions {
	const { limit, delaySeconds } = definition.retry ?? { limit: 3, delaySeconds: 5 };
	return {
		retryLimit: limit,
		retryDelay: delaySeconds,
		retryBackoff: true,
		retryDelayMax: 3_600,
		expireInSeconds: definition.timeoutSeconds ?? 900,
		// Where several processes work, this tells a killed one. The embedded database has one, and a long query stops
		// its clock: there the next start hands back instead.
		...(kind === 'postgres' && { heartbeatSeconds: 30 })
	};
}

/** Registers the schedules, and removes those no definition asks for any more. */
export async function registerSchedules(
	boss: PgBoss,
	definitions: Definitions,
	timeZone: string
): Promise<void> {
	for (const { name } of await boss.getSchedules()) {
		if (!definitions[name]?.schedule) await boss.unschedule(name);
	}
	for (const [name, { schedule }] of Object.entries(definitions)) {
		if (schedule) await boss.schedule(name, schedule, {}, { tz: timeZone });
	}
}
