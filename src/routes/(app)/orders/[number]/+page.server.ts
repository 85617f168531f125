import { z } from 'zod';
import { commentOnOrder } from '#lib/orders/comment.server.ts';
import { closeOrder, recordCustomerAsks, reopenOrder } from '#lib/checklists/order-deeds.server.ts';
import { recordVersion } from '#lib/people/forms.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import type { Actions } from './$types';

const Version = z.object({ version: recordVersion });
const Comment = z.object({ body: z.string().trim().min(1).max(4_000) });

export const actions: Actions = {
	comment: formAction(Comment, async ({ locals, params }, { body }) => {
		await commentOnOrder(locals.db, locals.person, params.number!, body);
		return 'orders.done.comment';
	}),
	close: formAction(Version, async ({ locals, params }, { version }) => {
		await closeOrder(locals.db, locals.person, params.number!, version);
		return 'orders.done.closed';
	}),
	reopen: formAction(Version, async ({ locals, params }, { version }) => {
		await reopenOrder(locals.db, locals.person, params.number!, version, locals.today);
		return 'orders.done.reopened';
	}),
	asks: formAction(Version, async ({ locals, params }, { version }) => {
		await recordCustomerAsks(locals.db, locals.person, params.number!, { version, asks: true }, locals.today);
		return 'orders.done.asks';
	}),
	asks_not: formAction(Version, async ({ locals, params }, { version }) => {
		await recordCustomerAsks(
			locals.db,
			locals.person,
			params.number!,
			{ version, asks: false },
			locals.today
		);
		return 'orders.done.asks_not';
	})
};
