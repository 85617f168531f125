import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeWithDatabase } from '../../../../tests/support/database.ts';
import { rows } from '../db/db.ts';
import { startJobs, type JobDefinition, type Jobs } from './jobs.server.ts';

describeWithDatabase('background jobs', (context) => {
	let ran: string[];
	let failures: string[];
	let jobs: Jobs | undefined;
	const log = { error: vi.fn(), warn: (details: object) => void failures.push(JSON.stringify(details)) };

	/** Writes down what it was given; `does` decides what comes of it. */
	function noting(
		does: JobDefinition['run'] = async () => {},
		rest: Partial<JobDefinition> = {}
	): JobDefinition {
		return {
			async run(data: { note?: string }, run) {
				ran.push(data.note ?? 'scheduled');
				await does(data, run);
			},
			...rest
		};
	}
	async function start(definitions: Record<string, JobDefinition>, workers = true): Promise<Jobs> {
		jobs = await startJobs(context.database, definitions, { log, workers });
		return jobs;
	}
	async function states(name: string): Promise<string[]> {
		const found = await context.db.execute(
			sql`select state::text from pgboss.job where name = ${name} order by created_on`
		);
		return rows<{ state: string }>(found).map((job) => job.state);
	}
	const soon = { timeout: 8_000, interval: 50 };

	beforeEach(() => {
		[ran, failures] = [[], []];
		log.error.mockClear();
	});
	afterEach(async () => {
		await jobs?.stop();
		jobs = undefined;
		expect(log.error).not.toHaveBeenCalled();
	});

	test('a job of a committed transaction runs once, one of a rolled-back transaction never', async () => {
		const { enqueue } = await start({ poll: noting() });
		const undone = context.db.transaction(async (tx) => {
			await enqueue('poll', { note: 'rolled back' }, { tx });
			throw new Error('undone');
		});
		await expect(undone).rejects.toThrow('undone');
		const id = await context.db.transaction((tx) => enqueue('poll', { note: 'committed' }, { tx }));
		expect(id).toMatch(/^[0-9a-f-]{36}$/);
		await vi.waitFor(async () => expect(await states('poll')).toEqual(['completed']), soon);
		await enqueue('poll', { note: 'last' });
		await vi.waitFor(() => expect(ran).toContain('last'), soon);
		expect(ran).toEqual(['committed', 'last']);
	});

	test('a new job is taken up at once, without waiting for the poll', async () => {
		const { enqueue } = await start({ poll: noting() });
		// The first fetch is over by then, so only the notification can bring the next one early.
		await new Promise((resolve) => setTimeout(resolve, 300));
		await enqueue('poll', { note: 'now' });
		await vi.waitFor(() => expect(ran).toEqual(['now']), { timeout: 1_000, interval: 20 });
	});

	test('a failing job is tried again and its failure is in the log', async () => {
		let tries = 0;
		const flaky = noting(
			async () => {
				if (++tries === 1) throw new Error('no answer');
			},
			{ retry: { limit: 2, delaySeconds: 1 } }
		);
		const { enqueue } = await start({ flaky });
		await enqueue('flaky', { note: 'a' });
		await vi.waitFor(async () => expect(await states('flaky')).toEqual(['completed']), soon);
		expect(ran).toEqual(['a', 'a']);
		expect(failures).toEqual([expect.stringContaining('"job":"flaky"')]);
	});

	test('a job without tries left stays failed', async () => {
		const hopeless = noting(() => Promise.reject(new Error('no answer')), {
			retry: { limit: 0, delaySeconds: 1 }
		});
		const { enqueue } = await start({ hopeless });
		await enqueue('hopeless', { note: 'a' });
		await vi.waitFor(async () => expect(await states('hopeless')).toEqual(['failed']), soon);
		expect(ran).toEqual(['a']);
	});

	test('a schedule registers, changes with its definition and goes with it', async () => {
		const schedules = async () =>
			rows(await context.db.execute(sql`select name, cron, timezone from pgboss.schedule order by name`));
		await start({ sweep: noting(undefined, { schedule: '0 5 * * *' }), poll: noting() });
		expect(await schedules()).toEqual([{ name: 'sweep', cron: '0 5 * * *', timezone: 'UTC' }]);
		await jobs!.stop();
		await start({ sweep: noting(undefined, { schedule: '*/10 * * * *' }) });
		expect(await schedules()).toEqual([{ name: 'sweep', cron: '*/10 * * * *', timezone: 'UTC' }]);
		await jobs!.stop();
		await start({ sweep: noting() });
		expect(await schedules()).toEqual([]);
	});

	test('with a key, one job waits; without, each does', async () => {
		const { enqueue } = await start({ poll: noting() }, false);
		expect(await enqueue('poll', { note: 'a' }, { singletonKey: 'source-1' })).not.toBeNull();
		expect(await enqueue('poll', { note: 'b' }, { singletonKey: 'source-1' })).toBeNull();
		expect(await enqueue('poll', { note: 'c' }, { singletonKey: 'source-2' })).not.toBeNull();
		await enqueue('poll', { note: 'd' });
		await enqueue('poll', { note: 'e' });
		expect(await states('poll')).toHaveLength(4);
		expect(ran).toEqual([]);
	});

	test('a delayed job waits for its time', async () => {
		const { enqueue } = await start({ poll: noting() });
		await enqueue('poll', { note: 'later' }, { startAfter: 3600 });
		await enqueue('poll', { note: 'tomorrow' }, { startAfter: new Date(Date.now() + 86_400_000) });
		await enqueue('poll', { note: 'now' });
		await vi.waitFor(() => expect(ran).toEqual(['now']), soon);
	});

	test('as many run at once as the definition says', async () => {
		let [now, most] = [0, 0];
		const busy = noting(
			async () => {
				most = Math.max(most, ++now);
				await new Promise((resolve) => setTimeout(resolve, 300));
				now--;
			},
			{ concurrency: 2 }
		);
		const { enqueue } = await start({ busy });
		for (const note of ['a', 'b', 'c', 'd']) await enqueue('busy', { note });
		await vi.waitFor(() => expect(ran).toHaveLength(4), soon);
		expect(most).toBe(2);
	});

	test('a job cut short by a stop is handed back with all its tries, and runs at the next start', async () => {
		const heedful = noting((_, { signal }) => untilAborted(signal), { retry: { limit: 0, delaySeconds: 1 } });
		const first = await start({ heedful });
		await first.enqueue('heedful', { note: 'a' });
		await vi.waitFor(() => expect(ran).toEqual(['a']), soon);
		await first.stop();
		expect(await states('heedful')).toEqual(['retry']);
		await start({ heedful: noting() });
		await vi.waitFor(async () => expect(await states('heedful')).toEqual(['completed']), soon);
		expect(ran).toEqual(['a', 'a']);
	});

	test('a job that ignores the stop does not hold it up for more than three seconds', async () => {
		let finish = () => {};
		const deaf = noting(() => new Promise((resolve) => (finish = resolve)));
		const first = await start({ deaf });
		await first.enqueue('deaf', { note: 'a' });
		await vi.waitFor(() => expect(ran).toEqual(['a']), soon);
		const begun = performance.now();
		await first.stop();
		expect(performance.now() - begun).toBeLessThan(3_500);
		expect(await states('deaf')).toEqual(['retry']);
		finish();
	});

	test('a job that ends well while the process stops is not run again', async () => {
		let finish = () => {};
		const prompt = noting(() => new Promise((resolve) => (finish = resolve)));
		const first = await start({ prompt });
		await first.enqueue('prompt', { note: 'a' });
		await vi.waitFor(() => expect(ran).toEqual(['a']), soon);
		const stopped = first.stop();
		finish();
		await stopped;
		expect(await states('prompt')).toEqual(['completed']);
	});

	test('a job of a killed process runs again at the next start of the embedded database', async ({
		skip
	}) => {
		skip(
			context.database.kind !== 'embedded',
			'PostgreSQL finds it by its missing heartbeat, after half a minute'
		);
		const { enqueue, stop } = await start({ poll: noting() }, false);
		await enqueue('poll', { note: 'a' });
		await stop();
		await context.db.execute(
			sql`update pgboss.job set state = 'active', started_on = now() where name = 'poll'`
		);
		await start({ poll: noting() });
		await vi.waitFor(() => expect(ran).toEqual(['a']), soon);
	});
});

function untilAborted(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}
