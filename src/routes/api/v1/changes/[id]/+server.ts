import { endpoint } from '#lib/api/endpoint.server.ts';
import { changeNow, patchChange } from '#lib/api/changes.server.ts';

export const GET = endpoint('GET /changes/:id', changeNow);

export const PATCH = endpoint(
	'PATCH /changes/:id',
	async (asked) => {
		const { db, person, id, version, body: patch } = asked;
		await patchChange(db, person, id(), { version, patch });
		return changeNow(asked);
	},
	changeNow
);
