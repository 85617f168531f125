import { history } from '#lib/activity/activity.server.ts';
import { sentenceOf } from '#lib/activity/sentence.ts';
import { materialsOfProducts } from '#lib/checklists/product-materials.server.ts';
import { declaredFootprint, knownShare, materialsListed } from '#lib/orders/declared.ts';
import { conditionsShown } from '#lib/orders/list.ts';
import { conditionName, countryName, materialShown } from '#lib/orders/look.ts';
import { ordersResting } from '#lib/orders/product-list.server.ts';
import { readProduct } from '#lib/orders/products.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import { basisOf } from '#lib/rules/basis.server.ts';
import { orErrorPage } from '#lib/server/web/page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, words, today, person, services } = locals;
	const product = await orErrorPage(words, readProduct(db, params.sku));
	const [held, resting, basis, deeds] = await Promise.all([
		materialsOfProducts(db, [product.id], today),
		ordersResting(db, product.id),
		basisOf(db),
		history(db, { subject: 'product', subjectId: product.id, limit: 20 })
	]);
	const by = { today, zone: services.env.TZ_BUSINESS };
	const own = held.get(product.id) ?? {};
	const listed = materialsListed(product.materials);
	const { names, categoryNames, footprint, materials: _rows, notElectronicAt, ...facts } = product;
	const reason = whyNot(person, 'product.edit');
	return {
		product: {
			...facts,
			name: words.name(names),
			category: words.name(categoryNames),
			notElectronicAt
		},
		materials: conditionsShown([{ materials: own }]).map((condition) => ({
			...materialShown(own[condition]!, words, by),
			condition: conditionName(condition, words),
			validUntil: own[condition]!.validUntil,
			href: `/orders/${encodeURIComponent(own[condition]!.order)}/items/${own[condition]!.item}`
		})),
		footprint: declaredFootprint(footprint),
		listed: listed.map((row) => ({ ...row, origin: countryName(row.originCountry, words) })),
		known: knownShare(listed),
		orders: resting.map(({ place, ...row }) => ({ ...row, place: words.name(place) })),
		basis,
		history: deeds.map((row) => ({ id: row.id, at: row.at, text: sentenceOf(row, words) })),
		whyNotEdit: reason && words.t(reason)
	};
};
