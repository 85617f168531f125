import { endpoint } from '#lib/api/endpoint.server.ts';
import { changeNow } from '#lib/api/changes.server.ts';
import { shownRollout } from '#lib/api/rollout.server.ts';
import { withdrawChange } from '#lib/checklists/rollout.server.ts';

export const POST = endpoint(
	'POST /changes/:id/withdraw',
	async ({ db, person, id, version, body, today }) =>
		shownRollout(db, id(), await withdrawChange(db, person, id(), { version, ...body }, today)),
	changeNow
);
