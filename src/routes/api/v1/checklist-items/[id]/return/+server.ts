import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { returnItem } from '#lib/checklists/deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/return',
	async ({ db, person, id, version, body, today: on }) =>
		done(db, await returnItem(db, person, id(), body.reason, { version, on })),
	itemNow
);
