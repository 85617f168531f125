import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/items.server.ts';
import { reopenItem } from '#lib/sources/decide.server.ts';

export const POST = endpoint(
	'POST /items/:id/reopen',
	async (asked) => {
		const { db, person, id, version } = asked;
		await reopenItem(db, person, id(), { version });
		return itemNow(asked);
	},
	itemNow
);
