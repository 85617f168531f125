import type { Refusal } from '#lib/refusal.ts';
import type { Words } from '#lib/words/words.ts';
import { refused } from './form.server.ts';

/** A refusal as RFC 9457 problem details. `code` is stable for programs, `title` is for people; `extra` adds members. */
export function problem(refusal: Refusal, words: Words, extra: Record<string, unknown> = {}): Response {
	const { message, errors, current } = refused(refusal, words);
	const body = {
		type: 'about:blank',
		status: refusal.status,
		code: refusal.key,
		title: message,
		...(Object.keys(errors).length ? { errors } : {}),
		...(current === undefined ? {} : { current }),
		...extra
	};
	return new Response(JSON.stringify(body), {
		status: refusal.status,
		headers: { 'content-type': 'application/problem+json' }
	});
}
