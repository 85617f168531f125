import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { approveRelease } from '#lib/checklists/single-deeds.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/release/approve',
	async ({ db, person, id, version, today: on }) =>
		done(db, await approveRelease(db, person, id(), { version, on })),
	itemNow
);
