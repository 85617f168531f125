import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { askRelease } from '#lib/checklists/single-deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/release',
	async ({ db, person, id, version, body, today: on }) =>
		done(db, await askRelease(db, person, id(), body, { version, on })),
	itemNow
);
