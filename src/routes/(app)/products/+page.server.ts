import { materialsOfProducts } from '#lib/checklists/product-materials.server.ts';
import { conditionsShown } from '#lib/orders/list.ts';
import { conditionName, materialShown } from '#lib/orders/look.ts';
import { listProducts } from '#lib/orders/product-list.server.ts';
import { may } from '#lib/people/policy.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, words, today, person, services } = locals;
	const search = (url.searchParams.get('q') ?? '').trim().slice(0, 120);
	const after = (url.searchParams.get('after') ?? '').slice(0, 120);
	const { rows, next } = await listProducts(db, { search, after });
	const held = await materialsOfProducts(
		db,
		rows.map(({ id }) => id),
		today
	);
	const conditions = conditionsShown([...held.values()].map((materials) => ({ materials })));
	const by = { today, zone: services.env.TZ_BUSINESS };
	return {
		search,
		after,
		next,
		conditions: conditions.map((condition) => conditionName(condition, words)),
		rows: rows.map(({ names, categoryNames, ...row }) => ({
			...row,
			name: words.name(names),
			category: words.name(categoryNames),
			materials: conditions.map((condition) => {
				const material = held.get(row.id)?.[condition];
				return material ? materialShown(material, words, by) : null;
			})
		})),
		mayEdit: may(person, 'product.edit')
	};
};
