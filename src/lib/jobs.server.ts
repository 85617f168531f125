import { sql } from 'drizzle-orm';
import { judgeExpired } from '#lib/checklists/judging.server.ts';
import { syncWeek } from '#lib/checklists/sync.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { JobDefinition, Jobs } from '#lib/server/jobs/jobs.server.ts';
import { returnDeferred } from '#lib/sources/decide.server.ts';
import { pollDue, pollIfDue } from '#lib/sources/watch.server.ts';
import type { Services } from './services.server.ts';

/** What jobs are given: everything but the jobs themselves, and a way to enqueue more. */
export type Background = Omit<Services, 'jobs' | 'close'> & { db: Db; jobs: Pick<Jobs, 'enqueue'> };

/** What a night without a running server may have missed. */
export const atStart = ['return-deferred', 'judge-expired', 'week-begins'];

/** The one place where job names meet domain functions, and the schedule (in the business zone). */
export function jobDefinitions(it: Background): Record<string, JobDefinition<never>> {
	const { db } = it;
	return {
		'poll-due': { schedule: '* * * * *', run: async () => void (await pollDue(it)) },
		poll: {
			concurrency: 4,
			run: async ({ source }: { source: number }) => void (await pollIfDue(it, source))
		},
		'return-deferred': {
			schedule: '5 0 * * *',
			run: async () => void (await returnDeferred(db, it.today()))
		},
		'judge-expired': { schedule: '10 0 * * *', run: async () => void (await judgeExpired(db, it.today())) },
		'week-begins': { schedule: '15 0 * * 1', run: async () => void (await syncWeek(db, it.today())) },
		// The embedded database has nobody else who counts its rows; without it big questions are planned blindly.
		'count-rows': {
			schedule: '50 3 * * *',
			run: async () => void (it.database.kind === 'embedded' && (await db.execute(sql`analyze`)))
		},
		'sweep-uploads': {
			schedule: '40 3 * * *',
			run: async () => void (await it.storage.sweep(new Date(it.now().getTime() - 86_400_000)))
		}
	};
}
