import { endpoint } from '#lib/api/endpoint.server.ts';
import { checklistOf } from '#lib/api/checklist.server.ts';

export const GET = endpoint('GET /orders/:number/checklist', async ({ db, param }) => ({
	items: await checklistOf(db, param('number')),
	next: null
}));
