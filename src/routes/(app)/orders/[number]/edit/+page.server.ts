import { redirect } from '@sveltejs/kit';
import { changeOrder } from '#lib/checklists/order-deeds.server.ts';
import { orderValues } from '#lib/orders/form-values.ts';
import { OrderChange, withOneMoreLine } from '#lib/orders/forms.ts';
import { shownChoices } from '#lib/orders/choices.ts';
import { orderChoices, readOrder } from '#lib/orders/read.server.ts';
import { formAction, valuesOf } from '#lib/server/web/form.server.ts';
import { orErrorPage } from '#lib/server/web/page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, words } = locals;
	const order = await orErrorPage(words, readOrder(db, params.number));
	return {
		...orderValues(order),
		number: order.number,
		choices: shownChoices(await orderChoices(db), words)
	};
};

export const actions: Actions = {
	save: formAction(OrderChange, async ({ locals, params }, change) => {
		await changeOrder(locals.db, locals.person, params.number!, change, locals.today);
		redirect(303, `/orders/${encodeURIComponent(change.details.number)}`);
	}),
	/** Without script: the same form with one more line. */
	line: async ({ request }) => ({ values: withOneMoreLine(valuesOf(await request.formData())) })
};
