import { roleHolders } from '#lib/reports/role-holders.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	holders: await roleHolders(locals.db),
	demo: locals.workspace.kind === 'demo'
});
