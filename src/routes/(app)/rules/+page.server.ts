import { setStance, StanceForm } from '#lib/changes/stance.server.ts';
import { syncOrders } from '#lib/checklists/sync.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import { notFound } from '#lib/refusal.ts';
import { bookDays, readBook } from '#lib/rules/book.server.ts';
import { theMeasure } from '#lib/rules/versions.server.ts';
import { transact } from '#lib/server/db/db.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { orErrorPage } from '#lib/server/web/page.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const days = bookDays(url, locals.today);
	return {
		book: await orErrorPage(locals.words, readBook(locals.db, { ...days, number: null })),
		teams: await teamNames(locals.db),
		day: locals.today,
		whyNotStance: whyNot(locals.person, 'stance.set')
	};
};

export const actions: Actions = {
	stance: formAction(StanceForm, async ({ locals }, form) => {
		const measure = await theMeasure(locals.db);
		if (!measure) throw notFound('noun.measure');
		await transact(locals.db, async (tx) => {
			await setStance(tx, locals.person!, measure.id, form, locals.today);
			await syncOrders(tx, 'open', locals.today);
		});
		return 'stance.done';
	})
};
