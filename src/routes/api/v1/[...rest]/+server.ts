import { Refusal } from '#lib/refusal.ts';
import { problem } from '#lib/server/web/problem.server.ts';
import type { RequestHandler } from './$types';

/** An address below the API that is none of its own. */
const nothing: RequestHandler = ({ locals }) =>
	problem(new Refusal('api.no_such_address', { status: 404 }), locals.words);

export { nothing as GET, nothing as POST, nothing as PUT, nothing as PATCH, nothing as DELETE };
