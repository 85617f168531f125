import { endpoint } from '#lib/api/endpoint.server.ts';
import { orderAs, orderNow, patchOrder } from '#lib/api/orders.server.ts';

export const GET = endpoint('GET /orders/:number', ({ db, param, query, today, words }) =>
	orderAs(db, param('number'), query.on ?? today, words)
);

export const PATCH = endpoint(
	'PATCH /orders/:number',
	async ({ db, person, param, version, body: patch, today, words }) => {
		const number = await patchOrder(db, person, param('number'), { version, patch }, today);
		return orderAs(db, number, today, words);
	},
	orderNow
);
