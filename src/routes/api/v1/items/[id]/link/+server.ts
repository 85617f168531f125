import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/items.server.ts';
import { transact } from '#lib/server/db/db.ts';
import { linkItem } from '#lib/sources/decide.server.ts';

export const POST = endpoint(
	'POST /items/:id/link',
	async (asked) => {
		const { db, person, id, version, body } = asked;
		await transact(db, (tx) => linkItem(tx, person, id(), body.change, version));
		return itemNow(asked);
	},
	itemNow
);
