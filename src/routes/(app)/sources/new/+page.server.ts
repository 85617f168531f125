import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/web/form.server.ts';
import { NewSource } from '#lib/sources/forms.ts';
import { createSource } from '#lib/sources/sources.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: formAction(NewSource, async ({ locals }, input) => {
		const rules = { allow: locals.services.env.OUTBOUND_ALLOW, now: locals.services.now() };
		const { id } = await createSource(locals.db, locals.person!, input, rules);
		redirect(303, `/sources/${id}`);
	})
};
