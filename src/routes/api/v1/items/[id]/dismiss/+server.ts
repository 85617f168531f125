import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/items.server.ts';
import { dismissItem } from '#lib/sources/decide.server.ts';

export const POST = endpoint(
	'POST /items/:id/dismiss',
	async (asked) => {
		const { db, person, id, version, body } = asked;
		await dismissItem(db, person, id(), { version, ...body });
		return itemNow(asked);
	},
	itemNow
);
