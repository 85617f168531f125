import { panelActions, panelLoad } from '#lib/evidence/panel-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => panelLoad(event);

export const actions: Actions = panelActions;
