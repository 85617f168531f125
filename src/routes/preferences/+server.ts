import { redirect } from '@sveltejs/kit';
import { rememberLocale } from '#lib/people/own-account.server.ts';
import { isTheme, localeCookie, setPreference, themeCookie } from '#lib/people/preferences.ts';
import { localPath } from '#lib/server/web/local-path.ts';
import { isLocale } from '#lib/words/words.ts';
import type { RequestHandler } from './$types';

/** Language (`locale`) and look (`theme`), then back to where one was (`to`). What is neither is passed over. */
export const POST: RequestHandler = async ({ locals, cookies, url, request }) => {
	const form = await request.formData();
	const [locale, theme] = [form.get('locale'), form.get('theme')];
	if (isLocale(locale)) {
		setPreference(cookies, url, localeCookie, locale);
		if (locals.person) {
			await rememberLocale(locals.db, locals.person, locale);
			locals.services.sessions.forgetPerson(locals.person.id);
		}
	}
	if (isTheme(theme)) setPreference(cookies, url, themeCookie, theme);
	redirect(303, localPath(form.get('to')));
};
