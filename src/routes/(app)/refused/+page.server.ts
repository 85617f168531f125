import { error } from '@sveltejs/kit';
import { catalogs } from '#lib/words/catalogs.ts';
import type { MessageKey } from '#lib/words/words.ts';
import type { PageServerLoad } from './$types';

/** What a person sees instead of a page that is not theirs: the reason, with the menu of what is. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const key = url.searchParams.get('because') ?? '';
	const known = key.startsWith('refusal.') && key in (await catalogs.en());
	error(403, locals.words.t(known ? (key as MessageKey) : 'refusal.role'));
};
