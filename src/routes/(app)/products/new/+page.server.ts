import { redirect } from '@sveltejs/kit';
import { createProduct } from '#lib/checklists/order-deeds.server.ts';
import { ProductForm } from '#lib/orders/product-form.ts';
import { categoryChoices } from '#lib/orders/products.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	categories: (await categoryChoices(locals.db)).map(({ code, names }) => ({
		value: code,
		label: locals.words.name(names)
	}))
});

export const actions: Actions = {
	create: formAction(ProductForm, async ({ locals }, details) => {
		await createProduct(locals.db, locals.person, details);
		redirect(303, `/products/${encodeURIComponent(details.sku)}`);
	})
};
