import { redirect } from '@sveltejs/kit';
import { grouped, todoFilters } from '#lib/checklists/todo.ts';
import { todoChoices, todoCounts, todoList, viewsFor } from '#lib/checklists/work.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => {
	const { db, words, today } = locals;
	const person = locals.person ?? redirect(303, '/sign-in');
	const asked = todoFilters(url.searchParams);
	const counts = await todoCounts(db, person, today);
	const views = viewsFor(person);
	const view = views.find((one) => one === asked.view) ?? views.find((one) => counts[one]) ?? views[0]!;
	const filters = { ...asked, view };
	const [page, choices, names] = await Promise.all([
		todoList(db, person, words, filters, today),
		todoChoices(db, person, view, today),
		teamNames(db)
	]);
	return {
		groups: grouped(page.rows, today),
		next: page.next,
		tabs: views.map((one) => ({ view: one, count: counts[one] ?? 0 })),
		filters,
		choices,
		teams: Object.fromEntries(Object.entries(names).map(([key, team]) => [key, words.name(team)]))
	};
};
