import { redirect } from '@sveltejs/kit';
import { changeProduct } from '#lib/checklists/order-deeds.server.ts';
import { productValues } from '#lib/orders/form-values.ts';
import { ProductChange } from '#lib/orders/product-form.ts';
import { categoryChoices, readProduct } from '#lib/orders/products.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { orErrorPage } from '#lib/server/web/page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, words } = locals;
	const product = await orErrorPage(words, readProduct(db, params.sku));
	const categories = await categoryChoices(db);
	return {
		...productValues(product),
		sku: product.sku,
		categories: categories.map(({ code, names }) => ({ value: code, label: words.name(names) }))
	};
};

export const actions: Actions = {
	save: formAction(ProductChange, async ({ locals, params }, change) => {
		await changeProduct(locals.db, locals.person, params.sku!, change, locals.today);
		redirect(303, `/products/${encodeURIComponent(change.details.sku)}`);
	})
};
