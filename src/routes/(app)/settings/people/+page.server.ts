import { PersonForm } from '#lib/people/forms.ts';
import { addPerson, listPeople } from '#lib/people/people.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	people: await listPeople(locals.db),
	teams: await teamNames(locals.db)
});

export const actions: Actions = {
	/** The answer alone holds the first password: it is shown here and never again. */
	add: async (event) => {
		let made: { id: number; name: string; password: string } | undefined;
		const answer = await formAction(PersonForm, async ({ locals }, details) => {
			made = { name: details.name, ...(await addPerson(locals.db, locals.person, details)) };
			return 'people.added';
		})(event);
		return made ? { ...answer, made } : answer;
	}
};
