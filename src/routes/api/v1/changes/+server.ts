import { endpoint } from '#lib/api/endpoint.server.ts';
import { changeAs, measureKeys, shownChange, startChange } from '#lib/api/changes.server.ts';
import { given } from '#lib/api/shapes.ts';
import { listChanges } from '#lib/changes/changes.server.ts';

export const GET = endpoint('GET /changes', async ({ db, query: { cursor: before, ...query } }) => {
	const { rows, next } = await listChanges(db, { limit: query.limit, ...given({ ...query, before }) });
	const keys = await measureKeys(db);
	const items = rows.map((change) => shownChange(change, keys.get(change.measure)!));
	return { items, next: next === null ? null : String(next) };
});

export const POST = endpoint('POST /changes', async ({ db, person, body }) =>
	changeAs(db, await startChange(db, person, body))
);
