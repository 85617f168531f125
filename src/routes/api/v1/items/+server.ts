import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemAs, itemPage } from '#lib/api/items.server.ts';
import { enterItem } from '#lib/sources/enter.server.ts';

export const GET = endpoint('GET /items', ({ db, query }) => itemPage({ db }, query));

export const POST = endpoint('POST /items', async ({ db, person, body, event }) =>
	itemAs({ db }, await enterItem(db, person, body, event.locals.services))
);
