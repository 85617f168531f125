import { redirect } from '@sveltejs/kit';
import { createDraft } from '#lib/changes/changes.server.ts';
import { NewChange } from '#lib/changes/draft.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { idOf, orErrorPage } from '#lib/server/web/page.server.ts';
import { readItem } from '#lib/sources/inbox.server.ts';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const id = idOf(url.searchParams.get('item') ?? '');
	return { from: id ? await orErrorPage(locals.words, readItem(locals.db, id)) : null };
};

const Draft = NewChange.extend({ item: z.coerce.number().int().positive().optional() });

export const actions: Actions = {
	create: formAction(Draft, async ({ locals }, draft) => {
		const id = await createDraft(locals.db, locals.person!, draft);
		redirect(303, `/changes/${id}`);
	})
};
