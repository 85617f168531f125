import { endpoint } from '#lib/api/endpoint.server.ts';
import { pageOf } from '#lib/api/shapes.ts';
import { savingRules, shownSource } from '#lib/api/sources.server.ts';
import { listSources } from '#lib/sources/overview.server.ts';
import { createSource } from '#lib/sources/sources.server.ts';

export const GET = endpoint('GET /sources', async ({ db, words, query, event }) => {
	const now = event.locals.services.now();
	const all = (await listSources(db, now)).sort((a, b) => a.id - b.id);
	const rest = all.filter(({ id }) => id > (query.cursor ?? 0));
	return pageOf(
		rest,
		query.limit,
		({ id }) => id,
		(source) => shownSource(source, words, now)
	);
});

export const POST = endpoint('POST /sources', async ({ db, person, words, body, event }) => {
	const rules = savingRules(event);
	return shownSource(await createSource(db, person, body, rules), words, rules.now);
});
