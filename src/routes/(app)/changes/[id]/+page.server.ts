import { changeById, inState } from '#lib/changes/changes.server.ts';
import { nameOf } from '#lib/changes/at-hand.server.ts';
import { readIn, standings } from '#lib/changes/overview.server.ts';
import {
	whyNotAttest,
	whyNotEdit,
	whyNotPublish,
	whyNotRedraft,
	whyNotSubmit,
	whyNotWithdraw
} from '#lib/changes/permissions.ts';
import { whyNot } from '#lib/people/policy.ts';
import { markdown } from '#lib/server/web/markdown.ts';
import { idOf, orErrorPage } from '#lib/server/web/page.server.ts';
import type { PageServerLoad } from './$types';
import { tabOf } from './tabs.ts';
import { loadTab } from './tabs.server.ts';

export { actions } from './actions.server.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db, words } = locals;
	const person = locals.person!;
	const change = await orErrorPage(words, changeById(db, idOf(params.id)));
	const state = await inState(db, change);
	const standing = await standings(db, [change.id]);
	return {
		change: {
			...change,
			notesHtml: markdown(change.notes),
			usedByName: await nameOf(db, change.usedBy),
			withdrawnByName: await nameOf(db, change.withdrawnBy)
		},
		claims: state.claims,
		asks: state.asks,
		standing: standing.get(change.id)!,
		readIn: await readIn(db, change.id),
		day: locals.today,
		editing: url.searchParams.has('edit'),
		/** Why this person may not, or null when they may. */
		why: {
			edit: whyNotEdit(change, person),
			attest: whyNotAttest(change, person),
			submit: whyNotSubmit(state, person),
			redraft: whyNotRedraft(change, person),
			publish: whyNotPublish(state, person),
			withdraw: whyNotWithdraw(change, person),
			comment: whyNot(person, 'comment.add')
		},
		tab: await loadTab(tabOf(url.searchParams.get('tab')), locals, change)
	};
};
