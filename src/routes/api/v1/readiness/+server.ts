import { endpoint } from '#lib/api/endpoint.server.ts';
import { readinessOn } from '#lib/api/figures.server.ts';

export const GET = endpoint('GET /readiness', ({ db, query: { on, by }, today }) =>
	readinessOn(db, { on: on ?? today, today }, by)
);
