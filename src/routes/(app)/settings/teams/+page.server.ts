import { z } from 'zod';
import { recordVersion } from '#lib/people/forms.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { addTeam, changeTeam, listTeams } from '#lib/teams/teams.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ teams: await listTeams(locals.db) });

const name = z.string().trim().min(1).max(60);
const names = { en: name, 'zh-CN': name, vi: name };
const NewTeam = z.object({ key: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'teams.key_wrong'), ...names });
const Team = z.object({ key: z.string().max(40), version: recordVersion, ...names });

export const actions: Actions = {
	add: formAction(NewTeam, async ({ locals }, { key, ...names }) => {
		await addTeam(locals.db, locals.person, { key, names });
		return 'teams.added';
	}),
	save: formAction(Team, async ({ locals }, { key, version, ...names }) => {
		await changeTeam(locals.db, locals.person, key, { version, names });
		return 'teams.saved';
	})
};
