import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { notNeeded } from '#lib/checklists/single-deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/not-needed',
	async ({ db, person, id, version, body, today: on }) =>
		done(db, await notNeeded(db, person, id(), body.reason, { version, on })),
	itemNow
);
