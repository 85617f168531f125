import { endpoint } from '#lib/api/endpoint.server.ts';
import { changeNow } from '#lib/api/changes.server.ts';
import { shownRollout } from '#lib/api/rollout.server.ts';
import { publishChange } from '#lib/checklists/rollout.server.ts';

export const POST = endpoint(
	'POST /changes/:id/publish',
	async ({ db, person, id, version, today }) =>
		shownRollout(db, id(), await publishChange(db, person, id(), version, today)),
	changeNow
);
