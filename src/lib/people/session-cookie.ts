import type { Cookies } from '@sveltejs/kit';

export const sessionCookie = 'ruleline_session';

/** `secure` follows the request: an installation on plain http must be able to sign in, one on https never leaks. */
export function setSessionCookie(
	cookies: Cookies,
	url: URL,
	session: { token: string; expiresAt: Date }
): void {
	cookies.set(sessionCookie, session.token, { ...attributes(url), expires: session.expiresAt });
}

export function clearSessionCookie(cookies: Cookies, url: URL): void {
	cookies.delete(sessionCookie, attributes(url));
}

function attributes(url: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
}
