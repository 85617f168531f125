import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/items.server.ts';

export const GET = endpoint('GET /items/:id', itemNow);
