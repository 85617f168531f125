import { endpoint } from '#lib/api/endpoint.server.ts';
import { itemNow } from '#lib/api/checklist.server.ts';

export const GET = endpoint('GET /checklist-items/:id', itemNow);
