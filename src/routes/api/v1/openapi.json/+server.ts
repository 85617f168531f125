import { endpoint } from '#lib/api/endpoint.server.ts';
import { openApi } from '#lib/api/document.ts';

const document = openApi();

export const GET = endpoint('GET /openapi.json', async () => document);
