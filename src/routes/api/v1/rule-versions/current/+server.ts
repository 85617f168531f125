import { endpoint } from '#lib/api/endpoint.server.ts';
import { versionAs } from '#lib/api/rules.server.ts';

export const GET = endpoint('GET /rule-versions/current', ({ db, query: { on, known }, today }) =>
	versionAs(db, { known }, on ?? today)
);
