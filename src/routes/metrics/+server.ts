import { error } from '@sveltejs/kit';
import { fromHere } from '#lib/server/web/metrics.server.ts';
import type { RequestHandler } from './$types';

/** Prometheus text, for a reader on this machine only. */
export const GET: RequestHandler = async ({ locals, getClientAddress }) => {
	const { metrics, env } = locals.services;
	// Behind a proxy every request comes from this machine, so nobody is let in by address.
	if (env.TRUST_PROXY || !fromHere(getClientAddress())) error(403, locals.words.t('refusal.role'));
	return new Response(await metrics.text(), { headers: { 'content-type': metrics.contentType } });
};
