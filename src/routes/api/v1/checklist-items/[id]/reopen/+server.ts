import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { reopenItem } from '#lib/checklists/single-deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/reopen',
	async ({ db, person, id, version, today: on }) =>
		done(db, await reopenItem(db, person, id(), { version, on })),
	itemNow
);
