import { endpoint } from '#lib/api/endpoint.server.ts';
import { exposureOn } from '#lib/api/figures.server.ts';

export const GET = endpoint('GET /exposure', ({ db, query: { on }, today }) =>
	exposureOn(db, { on: on ?? today, today })
);
