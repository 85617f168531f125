import { endpoint } from '#lib/api/endpoint.server.ts';
import { versionPage } from '#lib/api/rules.server.ts';

export const GET = endpoint('GET /rule-versions', ({ db, query }) => versionPage(db, query));
