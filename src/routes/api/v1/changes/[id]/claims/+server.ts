import { endpoint } from '#lib/api/endpoint.server.ts';
import { claimCalled, claimsOf, shownClaim } from '#lib/api/changes.server.ts';
import { pageOf } from '#lib/api/shapes.ts';
import { addClaim } from '#lib/changes/claims.server.ts';

export const GET = endpoint('GET /changes/:id/claims', async ({ db, id, query }) => {
	const claims = (await claimsOf(db, id())).filter((claim) => claim.id > (query.cursor ?? 0));
	return pageOf(claims, query.limit, (claim) => claim.id, shownClaim);
});

export const POST = endpoint(
	'POST /changes/:id/claims',
	async ({ db, person, id, body: { attestation, ...words } }) =>
		claimCalled(db, id(), await addClaim(db, person, id(), words, attestation))
);
