import { bookDays, readBook } from '#lib/rules/book.server.ts';
import { idOf, orErrorPage } from '#lib/server/web/page.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
	book: await orErrorPage(
		locals.words,
		readBook(locals.db, { ...bookDays(url, locals.today), number: idOf(params.number) })
	),
	teams: await teamNames(locals.db),
	day: locals.today
});
