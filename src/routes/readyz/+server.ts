import { sql } from 'drizzle-orm';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** 200 when the database answers and the jobs run, else 503 with the reasons. */
export const GET: RequestHandler = async ({ locals }) => {
	const reasons: string[] = [];
	await locals.db.execute(sql`select 1 from pgboss.version`).catch((error: unknown) => {
		locals.services.log.error({ err: error }, 'not ready');
		reasons.push('The database does not answer.');
	});
	return json({ ready: reasons.length === 0, reasons }, { status: reasons.length ? 503 : 200 });
};
