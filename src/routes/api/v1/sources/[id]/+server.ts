import { endpoint } from '#lib/api/endpoint.server.ts';
import { patchSource, savingRules, shownSource, sourceNow } from '#lib/api/sources.server.ts';
import { removeSource } from '#lib/sources/sources.server.ts';

export const GET = endpoint('GET /sources/:id', sourceNow);

export const PATCH = endpoint(
	'PATCH /sources/:id',
	async ({ db, person, words, id, version, body, event }) => {
		const rules = savingRules(event);
		const saved = await patchSource(db, person, id(), { version, patch: body }, rules);
		return shownSource(saved, words, rules.now);
	},
	sourceNow
);

export const DELETE = endpoint(
	'DELETE /sources/:id',
	({ db, person, id, version }) => removeSource(db, person, id(), version),
	sourceNow
);
