import { sql } from 'drizzle-orm';
import type { Db } from '../db/db.ts';

/** Without a start a job is claimed next time as if never tried, so being cut short does not use up a retry. */
const waitingAgain = sql`state = 'retry', start_after = now(), started_on = null, heartbeat_on = null,
	completed_on = null, output = null`;

/** Makes jobs that a stop cut short wait again. What another process has claimed or finished meanwhile stays as it is. */
export async function handBack(db: Db, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	const list = sql.join(
		ids.map((id) => sql`${id}::uuid`),
		sql`, `
	);
	await db.execute(
		sql`update pgboss.job set ${waitingAgain} where id in (${list}) and state in ('retry', 'failed')`
	);
}

/** Makes every job that is marked as running wait again: right only when no process can be running one. */
export async function handBackRunning(db: Db): Promise<void> {
	await db.execute(sql`update pgboss.job set ${waitingAgain} where state = 'active'`);
}
