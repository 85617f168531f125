import type { Cookies } from '@sveltejs/kit';

export const localeCookie = 'ruleline_locale';
export const themeCookie = 'ruleline_theme';

export const themes = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof themes)[number];

export function isTheme(text: unknown): text is Theme {
	return themes.includes(text as Theme);
}

/** Kept for a year by the browser, whoever is signed in. `secure` follows the request, as with the session. */
export function setPreference(
	cookies: Cookies,
	url: URL,
	name: typeof localeCookie | typeof themeCookie,
	value: string
): void {
	const year = 365 * 86_400;
	cookies.set(name, value, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: year
	});
}
