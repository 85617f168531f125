import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/items.server.ts';
import { deferItem } from '#lib/sources/decide.server.ts';

export const POST = endpoint(
	'POST /items/:id/defer',
	async (asked) => {
		const { db, person, id, version, body, today } = asked;
		await deferItem(db, person, id(), { version, today, ...body });
		return itemNow(asked);
	},
	itemNow
);
