import { endpoint } from '#lib/api/endpoint.server.ts';
import { evidenceNow } from '#lib/api/evidence.server.ts';

export const GET = endpoint('GET /evidence/:id', evidenceNow);
