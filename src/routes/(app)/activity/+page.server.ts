import { sentenceOf } from '#lib/activity/sentence.ts';
import { may } from '#lib/people/policy.ts';
import { activityPage, everybody, type ActivityFilters } from '#lib/reports/activity.server.ts';
import { recordHref, subjects } from '#lib/reports/record-link.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, words, person } = locals;
	const filters = filtersOf(url.searchParams);
	const { rows, next, known } = await activityPage(db, filters, perPage);
	const reader = { ...known, managesPeople: may(person, 'people.manage') };
	return {
		filters,
		next,
		people: await everybody(db),
		rows: rows.map((row) => ({
			id: row.id,
			at: row.at,
			sentence: sentenceOf(row, words),
			href: recordHref(row, reader),
			order: (row.order !== null && known.orders.get(row.order)) || null
		}))
	};
};

/** Leniently: what nobody can mean is as if it were not there. */
function filtersOf(params: URLSearchParams): ActivityFilters {
	const id = (name: string) => (/^\d{1,9}$/.test(params.get(name) ?? '') ? Number(params.get(name)) : null);
	return {
		person: id('person'),
		subject: subjects.find((subject) => subject === params.get('kind')) ?? null,
		order: (params.get('order') ?? '').trim().slice(0, 80),
		before: id('before')
	};
}
