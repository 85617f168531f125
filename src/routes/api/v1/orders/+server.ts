import { endpoint } from '#lib/api/endpoint.server.ts';
import { orderAs, shownRows, startOrder } from '#lib/api/orders.server.ts';
import { listOrders } from '#lib/checklists/order-list.server.ts';
import { mondayOf } from '#lib/time.ts';

export const GET = endpoint('GET /orders', async ({ db, person, query, today }) => {
	const { q: search, on = today, limit, cursor: after = '', week, ...rest } = query;
	const { readiness = '', bucket = '', applicability = '' } = rest;
	const monday = week ? mondayOf(week) : '';
	const filters = {
		...rest,
		readiness,
		bucket,
		applicability,
		search,
		week: monday,
		after,
		mine: false
	} as const;
	const { rows, next } = await listOrders(db, person, filters, { on, today }, limit);
	return { items: await shownRows(db, rows), next };
});

export const POST = endpoint('POST /orders', async ({ db, person, body, today, words }) =>
	orderAs(db, await startOrder(db, person, body, today), today, words)
);
