import { endpoint } from '#lib/api/endpoint.server.ts';
import { activityPage, allActivity } from '#lib/api/activity.server.ts';
import { ndjson } from '#lib/server/web/api.server.ts';

export const GET = endpoint('GET /activity', async ({ db, words, query, event, today }) => {
	const { limit, cursor, format, ...about } = query;
	const wanted = event.request.headers.get('accept')?.includes('application/x-ndjson') ? 'ndjson' : 'json';
	if ((format ?? wanted) === 'json') return activityPage(db, words, about, { limit, cursor });
	return ndjson(allActivity(db, words, about), `activity-${today}.ndjson`);
});
