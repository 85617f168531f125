import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { PersonForm, recordVersion } from '#lib/people/forms.ts';
import { changePerson, readPerson, resetPassword, setDisabled } from '#lib/people/people.server.ts';
import { setSessionCookie } from '#lib/people/session-cookie.ts';
import { openSession } from '#lib/people/sessions.server.ts';
import { Refusal } from '#lib/refusal.ts';
import { formAction, sentence } from '#lib/server/web/form.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		const person = await readPerson(locals.db, idOf(params.id));
		return { person, teams: await teamNames(locals.db), own: person.id === locals.person?.id };
	} catch (trouble) {
		if (trouble instanceof Refusal) error(trouble.status, sentence(trouble, locals.words));
		throw trouble;
	}
};

const Versioned = PersonForm.extend({ version: recordVersion });
const Version = z.object({ version: recordVersion });

export const actions: Actions = {
	save: formAction(Versioned, async ({ locals, params, cookies, url }, details) => {
		const id = idOf(params.id);
		const { rolesChanged } = await changePerson(locals.db, locals.person, id, details);
		locals.services.sessions.forgetPerson(id);
		if (rolesChanged && locals.person?.id === id) {
			setSessionCookie(cookies, url, await openSession(locals.db, locals.person));
			if (!details.roles.includes('admin')) redirect(303, '/settings');
		}
		return 'people.saved';
	}),
	disable: formAction(Version, async ({ locals, params }, { version }) => {
		await setDisabled(locals.db, locals.person, idOf(params.id), { version, disabled: true });
		locals.services.sessions.forgetPerson(idOf(params.id));
		return 'people.disabled_done';
	}),
	enable: formAction(Version, async ({ locals, params }, { version }) => {
		await setDisabled(locals.db, locals.person, idOf(params.id), { version, disabled: false });
		return 'people.enabled_done';
	}),
	/** The answer alone holds the new password. */
	reset: async (event) => {
		let password: string | undefined;
		const answer = await formAction(z.object({}), async ({ locals, params }) => {
			password = await resetPassword(locals.db, locals.person, idOf(params.id));
			locals.services.sessions.forgetPerson(idOf(params.id));
			return 'people.reset_done';
		})(event);
		return password ? { ...answer, password } : answer;
	}
};

/** What is no number is the id of nobody. */
function idOf(text: string | undefined): number {
	return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}
