import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { anyPassword, personEmail, personLocale, personName } from '#lib/people/forms.ts';
import { localeCookie, setPreference } from '#lib/people/preferences.ts';
import { setSessionCookie } from '#lib/people/session-cookie.ts';
import { createFirstPerson, setupState } from '#lib/people/setup.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	// The address holds a secret until it is used: nothing in between may keep the page.
	setHeaders({ 'cache-control': 'no-store' });
	return { state: await setupState(locals.db, params.token) };
};

const First = z.object({ name: personName, email: personEmail, password: anyPassword, locale: personLocale });

export const actions: Actions = {
	default: formAction(First, async ({ locals, params, cookies, url }, given) => {
		setSessionCookie(cookies, url, await createFirstPerson(locals.db, params.token ?? '', given));
		setPreference(cookies, url, localeCookie, given.locale);
		redirect(303, '/');
	})
};
