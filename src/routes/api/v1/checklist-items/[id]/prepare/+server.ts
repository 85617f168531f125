import { endpoint } from '#lib/api/endpoint.server.ts';
import { done, itemNow } from '#lib/api/checklist.server.ts';
import { proofFrom } from '#lib/api/evidence.server.ts';
import { prepare } from '#lib/evidence/prepare.server.ts';

export const POST = endpoint(
	'POST /checklist-items/:id/prepare',
	async ({ db, person, id, version, body: { reuse, ...proof }, file, today: on }) => {
		const given = reuse === undefined ? proofFrom(proof, file) : { reuse };
		return done(db, await prepare(db, person, id(), given, { version, on }));
	},
	itemNow
);
