import { changesByState, listChanges } from '#lib/changes/changes.server.ts';
import { kindNames, type ChangeKind } from '#lib/changes/kinds.ts';
import { standings } from '#lib/changes/overview.server.ts';
import { changeStates, type ChangeState } from '#lib/changes/words.ts';
import { may } from '#lib/people/policy.ts';
import { idOf } from '#lib/server/web/page.server.ts';
import type { PageServerLoad } from './$types';

const LIMIT = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const state = changeStates.find((one): one is ChangeState => one === asked('state'));
	const kind = kindNames.find((one): one is ChangeKind => one === asked('kind'));
	const before = idOf(asked('before'));
	const { rows, next } = await listChanges(locals.db, { state, kind, before, limit: LIMIT });
	const standing = await standings(
		locals.db,
		rows.map(({ id }) => id)
	);
	return {
		changes: rows.map(({ id, kind, title, state, appliesFrom, appliesUntil, createdAt }) => ({
			...{ id, kind, title, state, appliesFrom, appliesUntil, createdAt },
			...standing.get(id)!
		})),
		next,
		counts: await changesByState(locals.db),
		filter: { state: state ?? '', kind: kind ?? '', before },
		mayCreate: may(locals.person, 'change.edit'),
		day: locals.today
	};
};
