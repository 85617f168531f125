import { endpoint } from '#lib/api/endpoint.server.ts';
import { evidenceAs, evidenceNow, proofFrom, revisionPage } from '#lib/api/evidence.server.ts';
import { addRevision } from '#lib/evidence/revise.server.ts';

export const GET = endpoint('GET /evidence/:id/revisions', ({ db, id, query }) =>
	revisionPage(db, id(), query)
);

export const POST = endpoint(
	'POST /evidence/:id/revisions',
	async ({ db, person, id, version, body, file, today: on }) => {
		await addRevision(db, person, id(), proofFrom(body, file), { version, on });
		return (await evidenceAs(db, id())).newest;
	},
	evidenceNow
);
