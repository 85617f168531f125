import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { anyPassword, personLocale, personName, recordVersion } from '#lib/people/forms.ts';
import { changeOwnAccount, changeOwnPassword } from '#lib/people/own-account.server.ts';
import { readPerson } from '#lib/people/people.server.ts';
import { localeCookie, setPreference } from '#lib/people/preferences.ts';
import type { Person } from '#lib/people/roles.ts';
import { setSessionCookie } from '#lib/people/session-cookie.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { name, email, locale, version } = await readPerson(locals.db, signedIn(locals).id);
	return { account: { name, email, locale, version } };
};

const Account = z.object({ version: recordVersion, name: personName, locale: personLocale });
const Password = z.object({ current_password: anyPassword, password: anyPassword });

export const actions: Actions = {
	save: formAction(Account, async ({ locals, cookies, url }, given) => {
		const person = signedIn(locals);
		await changeOwnAccount(locals.db, person, given);
		locals.services.sessions.forgetPerson(person.id);
		setPreference(cookies, url, localeCookie, given.locale);
		return 'settings.account_saved';
	}),
	password: formAction(Password, async ({ locals, cookies, url, getClientAddress }, given) => {
		const person = signedIn(locals);
		const session = await changeOwnPassword(
			locals.db,
			person,
			{ current: given.current_password, password: given.password },
			{ address: getClientAddress(), now: locals.services.now(), limits: locals.services.limits }
		);
		locals.services.sessions.forgetPerson(person.id);
		setSessionCookie(cookies, url, session);
		return 'settings.password_changed';
	})
};

function signedIn({ person, words }: App.Locals): Person {
	return person ?? error(401, words.t('refusal.sign_in'));
}
