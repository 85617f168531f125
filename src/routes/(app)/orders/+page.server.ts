import { listOrders } from '#lib/checklists/order-list.server.ts';
import { conditionsShown, narrowed, orderFilters } from '#lib/orders/list.ts';
import { orderTotals } from '#lib/orders/totals.server.ts';
import { may } from '#lib/people/policy.ts';
import { basisOf } from '#lib/rules/basis.server.ts';
import { dayAsked } from '#lib/server/web/day.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, words, today, person } = locals;
	const filters = orderFilters(url.searchParams);
	const on = dayAsked(url, today);
	const [page, totals, basis] = await Promise.all([
		listOrders(db, person, filters, { on, today }),
		orderTotals(db),
		basisOf(db)
	]);
	const { cites: _cites, ...rests } = basis ?? { cites: [] };
	return {
		filters,
		on,
		narrowed: narrowed(filters),
		rows: page.rows.map(({ place, ...row }) => ({ ...row, place: words.name(place) })),
		next: page.next,
		conditions: conditionsShown(page.rows),
		totals: { ...totals, places: totals.places.map(({ key, names }) => ({ key, name: words.name(names) })) },
		basis: basis && (rests as Omit<typeof basis, 'cites'>),
		mayEdit: may(person, 'order.edit')
	};
};
