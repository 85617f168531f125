import { error } from '@sveltejs/kit';
import { fileOfEvidence } from '#lib/evidence/library.server.ts';
import { shownInPage } from '#lib/server/web/file-kind.ts';
import type { RequestHandler } from './$types';

/**
 * A file of evidence. It came from people, so the browser gets it as something to save that can run nothing; only
 * pictures may stand in a page.
 */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const { db, services, words } = locals;
	const about = await fileOfEvidence(db, params.sha);
	const content = about && (await services.storage.read(params.sha));
	if (!about || !content) error(404, words.t('refusal.not_found', { what: words.t('noun.file') }));
	const headers = {
		'cache-control': 'private, max-age=31536000, immutable',
		'content-disposition': `${shownInPage.has(about.mediaType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(about.name)}`,
		'content-length': String(about.size),
		'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
		'content-type': about.mediaType,
		'cross-origin-resource-policy': 'same-origin',
		etag: `"${params.sha}"`,
		'x-content-type-options': 'nosniff'
	};
	if (request.headers.get('if-none-match') === headers.etag) {
		await content.cancel();
		return new Response(null, { status: 304, headers: { etag: headers.etag } });
	}
	return new Response(content, { headers });
};

/** As RFC 8187 has it. */
function encoded(name: string): string {
	return encodeURIComponent(name).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);
}
