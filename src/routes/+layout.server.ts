import { menuFor } from '#lib/people/menu.ts';
import { isTheme, themeCookie } from '#lib/people/preferences.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies }) => {
	const { person, locale, workspace, words, today, services } = locals;
	const theme = cookies.get(themeCookie);
	const line = person && (await services.standing.line(locals.db, words, today, services.now()));
	return {
		locale,
		zone: services.env.TZ_BUSINESS,
		today,
		theme: isTheme(theme) ? theme : ('auto' as const),
		workspace: { kind: workspace.kind, shownOn: workspace.shownOn },
		person: person && { id: person.id, name: person.name, roles: person.roles, teams: person.teams },
		menu: person ? menuFor(person) : [],
		standing: line && { text: words.t(line.key, line.args), href: '/rules' }
	};
};
