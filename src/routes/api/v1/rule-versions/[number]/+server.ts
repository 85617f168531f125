import { endpoint } from '#lib/api/endpoint.server.ts';
import { versionAs } from '#lib/api/rules.server.ts';

export const GET = endpoint('GET /rule-versions/:number', ({ db, id, query, today }) =>
	versionAs(db, { number: id('number') }, query.on ?? today)
);
