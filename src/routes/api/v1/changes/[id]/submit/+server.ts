import { endpoint } from '#lib/api/endpoint.server.ts';
import { changeNow } from '#lib/api/changes.server.ts';
import { submitChange } from '#lib/changes/changes.server.ts';

export const POST = endpoint(
	'POST /changes/:id/submit',
	async (asked) => {
		await submitChange(asked.db, asked.person, asked.id(), asked.version);
		return changeNow(asked);
	},
	changeNow
);
