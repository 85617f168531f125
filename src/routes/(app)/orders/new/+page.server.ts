import { redirect } from '@sveltejs/kit';
import { createOrder } from '#lib/checklists/order-deeds.server.ts';
import { OrderForm, withOneMoreLine } from '#lib/orders/forms.ts';
import { shownChoices } from '#lib/orders/choices.ts';
import { orderChoices } from '#lib/orders/read.server.ts';
import { formAction, valuesOf } from '#lib/server/web/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	choices: shownChoices(await orderChoices(locals.db), locals.words)
});

export const actions: Actions = {
	create: formAction(OrderForm, async ({ locals }, details) => {
		await createOrder(locals.db, locals.person, details, locals.today);
		redirect(303, `/orders/${encodeURIComponent(details.number)}`);
	}),
	/** Without script: the same form with one more line. */
	line: async ({ request }) => ({ values: withOneMoreLine(valuesOf(await request.formData())) })
};
