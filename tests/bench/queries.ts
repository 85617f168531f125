import { asc } from 'drizzle-orm';
import { orders } from '#lib/orders/tables.ts';
import { createStandingCache } from '#lib/rules/standing-cache.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import { wordsFor } from '#lib/words/words.ts';
import english from '#lib/words/en.json' with { type: 'json' };
import { variables } from '../../src/env.ts';
import { load as layout } from '../../src/routes/+layout.server.ts';
import { load as orderList } from '../../src/routes/(app)/orders/+page.server.ts';
import { load as order } from '../../src/routes/(app)/orders/[number]/+layout.server.ts';
import { load as overview } from '../../src/routes/(app)/overview/+page.server.ts';
import { personCalled } from '../support/demo.ts';
import { counted } from '../support/queries.ts';

/** Queries by the name of a page; those of the frame around every page stand alone. */
export type QueryCounts = Record<'frame' | 'list' | 'order' | 'overview', number>;

/** Runs the loads of the pages as a request would and counts the queries they begin. */
export async function queriesOfPages(db: Db): Promise<QueryCounts> {
	const person = await personCalled(db, 'compliance');
	// The same one before and after others came: how much is on an order is no matter of how many there are.
	const [first] = await db.select({ number: orders.number }).from(orders).orderBy(asc(orders.id)).limit(1);
	const zone = variables.TZ_BUSINESS.fallback;
	const services = { env: { TZ_BUSINESS: zone }, now: () => new Date(), standing: createStandingCache() };
	const count = async (load: (event: never) => unknown, address = '/', params = {}) => {
		const counting = counted(db);
		const locals = {
			...{ db: counting.db, person, locale: 'en', today: '2026-11-23' },
			words: wordsFor('en', english, zone),
			workspace: { kind: 'demo', shownOn: '2026-11-23' },
			services
		};
		const event = {
			...{
				locals,
				params,
				url: new URL(address, 'http://127.0.0.1'),
				depends: () => {},
				parent: async () => ({})
			},
			...{ cookies: { get: () => undefined }, setHeaders: () => {}, isDataRequest: false }
		};
		await load(event as never);
		return counting.queries();
	};
	// What is asked once after each deed is kept for the requests after it, and those are counted.
	await count(layout);
	return {
		frame: await count(layout),
		list: await count(orderList, '/orders'),
		order: await count(order, `/orders/${first!.number}`, { number: first!.number }),
		overview: await count(overview, '/overview')
	};
}
