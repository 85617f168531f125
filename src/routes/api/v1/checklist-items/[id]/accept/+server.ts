import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { acceptItem } from '#lib/checklists/deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/accept',
	async ({ db, person, id, version, today: on }) =>
		done(db, await acceptItem(db, person, id(), { version, on })),
	itemNow
);
