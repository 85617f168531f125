import { panelActions, panelLoad } from '#lib/evidence/panel-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	...(await panelLoad(event)),
	uploadLimit: event.locals.services.env.UPLOAD_LIMIT_MB
});

export const actions: Actions = panelActions;
