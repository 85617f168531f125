import { endpoint } from '#lib/api/endpoint.server.ts';
import { shownImpact } from '#lib/api/rollout.server.ts';
import { previewChange } from '#lib/checklists/rollout.server.ts';

export const GET = endpoint('GET /changes/:id/impact', async ({ db, id, query, today, words }) => {
	const on = query.on ?? today;
	return shownImpact(db, await previewChange(db, id(), on, query.as), on, words);
});
