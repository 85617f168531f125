import { endpoint } from '#lib/api/endpoint.server.ts';
import { evidenceAs, evidencePage, proofFrom } from '#lib/api/evidence.server.ts';
import { addFor } from '#lib/evidence/add.server.ts';

export const GET = endpoint('GET /evidence', ({ db, query }) => evidencePage(db, query));

export const POST = endpoint('POST /evidence', async ({ db, person, body, file, today }) => {
	const { type, product, order, importer, place, ...proof } = body;
	const about = { product, order, importer, place };
	return evidenceAs(db, await addFor(db, person, { type, about, proof: proofFrom(proof, file) }, today));
});
