import { endpoint } from '#lib/api/endpoint.server.ts';
import { productAs, productPage, startProduct } from '#lib/api/products.server.ts';

export const GET = endpoint('GET /products', ({ db, query }) => productPage(db, query));

export const POST = endpoint('POST /products', async ({ db, person, body }) =>
	productAs(db, await startProduct(db, person, body))
);
