// Orders from a terminal: many of them to try, and whether what lists show of them is right.
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { checkJudgements } from '../../src/lib/checklists/judgement-check.server.ts';
import { seedOrders } from '../../src/lib/demo/seed.server.ts';
import { StepFailed } from '../install.mjs';
import { withWorkspace } from './workspace.mjs';

const most = 100_000;
/** Differences printed one by one; a cause seldom needs more to be seen. */
const shown = 50;

export async function seed(args) {
	const { values } = parseArgs({ args, options: { orders: { type: 'string' } } });
	const count = /^\d{1,6}$/.test(values.orders ?? '') ? Number(values.orders) : 0;
	if (count < 1 || count > most) {
		throw new StepFailed(`Say how many, from 1 to ${most}: seed --orders 1000.`);
	}
	await withWorkspace(async ({ db, kind, today }) => {
		if (kind !== 'demo') {
			throw new StepFailed('This is a real workspace: fictional orders are for a demo workspace only.');
		}
		await seedOrders(db, count, today);
		// Plans made for six orders would serve thousands badly until the database looks at them by itself.
		await db.execute(sql`analyze`);
	});
	console.log(`${count} fictional orders were added.`);
}

export async function rollupCheck() {
	const { orders, waiting, differences } = await withWorkspace(({ db, today }) => checkJudgements(db, today));
	for (const { order, field, kept, anew } of differences.slice(0, shown)) {
		console.log(`${order}: ${field} is kept as ${JSON.stringify(kept)}, judged anew ${JSON.stringify(anew)}`);
	}
	if (differences.length > shown) console.log(`... and ${differences.length - shown} more.`);
	console.log(
		`${orders} open orders, ${differences.length} differences` +
			(waiting ? `; ${waiting} wait for the nightly run, because their day has passed.` : '.')
	);
	return differences.length > 0 ? 1 : 0;
}
