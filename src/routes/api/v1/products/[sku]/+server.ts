import { endpoint } from '#lib/api/endpoint.server.ts';
import { patchProduct, productAs, productNow } from '#lib/api/products.server.ts';

export const GET = endpoint('GET /products/:sku', productNow);

export const PATCH = endpoint(
	'PATCH /products/:sku',
	async ({ db, person, param, version, body: patch, today }) =>
		productAs(db, await patchProduct(db, person, param('sku'), { version, patch }, today)),
	productNow
);
