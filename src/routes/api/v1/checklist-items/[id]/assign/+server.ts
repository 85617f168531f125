import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { assignItem } from '#lib/checklists/single-deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/assign',
	async ({ db, person, id, version, body, today: on }) =>
		done(db, await assignItem(db, person, id(), body.person, { version, on })),
	itemNow
);
