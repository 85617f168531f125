import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Impact as Reached, OrderImpact } from '#lib/checklists/impact.ts';
import type { Preview } from '#lib/checklists/rollout.server.ts';
import { ruleVersions } from '#lib/rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import { basisShown } from './basis.server.ts';
import { changeAs } from './changes.server.ts';
import type { Impact, Rollout } from './change-shapes.ts';
import { exposure } from './shapes.ts';

export async function shownImpact(
	db: Db,
	preview: Preview,
	on: PlainDate,
	words: Words
): Promise<z.output<typeof Impact>> {
	const { unchanged, itemsAdded, itemsStale, itemsNoLongerAsked, byTeam } = preview;
	return {
		on,
		basis: await basisShown(db, on),
		reached: preview.reached.map(shownOrder),
		released: preview.released.map(shownOrder),
		altered: preview.altered.map(shownOrder),
		...{ unchanged, itemsAdded, itemsStale, itemsNoLongerAsked, byTeam },
		exposure: preview.exposure.map(({ currency, before, after }) => ({
			currency,
			before: exposure(before, currency),
			after: exposure(after, currency)
		})),
		refusals: preview.refusals.map(({ key, args }) => ({ code: key, title: words.t(key, args) }))
	};
}

function shownOrder(order: OrderImpact): z.output<typeof Impact>['reached'][number] {
	const { number, before, after, itemsAdded, mandatoryAdded, itemsStale, itemsNoLongerAsked, currency } =
		order;
	return {
		...{ number, before, after, itemsAdded, mandatoryAdded, itemsStale, itemsNoLongerAsked },
		exposureBefore: exposure(order.exposureBefore, currency),
		exposureAfter: exposure(order.exposureAfter, currency)
	};
}

/** What was done to a change: the version that came of it (by id), and the orders that are asked otherwise now. */
export async function shownRollout(
	db: Db,
	change: number,
	{ version, impact }: { version: number; impact: Reached }
): Promise<z.output<typeof Rollout>> {
	const [row] = await db
		.select({ number: ruleVersions.number })
		.from(ruleVersions)
		.where(eq(ruleVersions.id, version));
	const touched = [...impact.reached, ...impact.released, ...impact.altered];
	return {
		change: await changeAs(db, change),
		ruleVersion: row!.number,
		orders: touched.map(({ number }) => number).sort(),
		itemsAdded: impact.itemsAdded
	};
}
