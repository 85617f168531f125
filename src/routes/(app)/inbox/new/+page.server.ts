import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/web/form.server.ts';
import { enterItem } from '#lib/sources/enter.server.ts';
import { Entry } from '#lib/sources/forms.ts';
import { listSources } from '#lib/sources/overview.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const all = await listSources(locals.db, locals.services.now());
	const sources = all.map(({ id, name, tier }) => ({ id, name, tier }));
	const asked = url.searchParams.get('source');
	return { sources, chosen: sources.some(({ id }) => String(id) === asked) ? asked! : '' };
};

export const actions: Actions = {
	default: formAction(Entry, async ({ locals }, entry) => {
		const id = await enterItem(locals.db, locals.person!, entry, locals.services);
		redirect(303, `/inbox?item=${id}`);
	})
};
