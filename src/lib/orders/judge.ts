import { judgeLine } from '#lib/rules/applicability.ts';
import { emptyRule } from '#lib/rules/fold.ts';
import type { Applicability, Leaf, Places } from '#lib/rules/leaf.ts';
import type { Part, Rule } from '#lib/rules/rule.ts';
import { turningDays } from '#lib/rules/truth.ts';
import { addDays, earliest, laterOf, type PlainDate } from '#lib/time.ts';
import { conditionsOn, exposureOf, sumOf } from './exposure.ts';
import type { ItemFacts, Judgement, OrderFacts } from './judgement.ts';
import { materialsOf } from './materials.ts';
import { payerOf } from './payer.ts';
import { itemsHoldUntil, mandatoryWork, readinessOf } from './readiness.ts';

/** No version in use: nothing says whether anything applies, and nothing is asked. */
const nothingInUse = emptyRule('');

/**
 * What we make of an order on a day: which lines the rule reaches and why, whether the materials are ready, what money
 * hangs on them, and until when this holds. Pure: the same facts give the same judgement.
 */
export function judgeOrder(
	inUse: Rule | null,
	order: OrderFacts,
	allItems: readonly ItemFacts[],
	places: Places,
	on: PlainDate
): Judgement {
	const rule = inUse ?? nothingInUse;
	const expected = order.declarationOn ?? order.eta;
	const day = expected && laterOf(on, expected);
	// Without a day, J can be no earlier than `on`: what does not hold then will not hold later.
	const itemDay = day ?? on;

	const judged = order.lines.map((line) => judgeLine(rule, line, order, places, day));
	const applicabilities = judged.map(({ applicability }) => applicability);
	const asked = order.customerAsks || applicabilities.some((one) => one !== 'not_in_reported_scope');
	const items = asked ? allItems.filter((item) => !item.noLongerAsked) : [];
	const money = exposureOf(rule, order, applicabilities, items, day, on);
	const { blockingKeys, late, ...work } = mandatoryWork(items, itemDay, on);

	return {
		on,
		day,
		dayAssumed: order.declarationOn === null && order.eta !== null,
		applicability: overall(applicabilities),
		readiness: readinessOf(work, day),
		lines: order.lines.map(({ id, sku }, index) => ({
			line: id,
			sku,
			...judged[index]!,
			...money[index]!
		})),
		...work,
		payer: payerOf(order.incoterm),
		currency: order.currency,
		exposure: sumOf(money),
		holdsUntil: earliest([
			itemsHoldUntil(items, itemDay, on),
			rulesHoldUntil(
				rule,
				judged.flatMap(({ leaves }) => leaves),
				itemDay
			)
		]),
		summary: {
			materials: materialsOf(conditionsOn(rule, day), items, itemDay, on),
			blockingKeys,
			late,
			lines: order.lines.map(({ product }, index) => {
				const { bucket, low, high } = money[index]!;
				return { product, bucket, low, high };
			}),
			hangsOn: decidingOf(judged)
		}
	};
}

/** What the unknown leaves cite; nothing hangs on a leaf of a line that another leaf has put out of scope. */
function decidingOf(judged: readonly { applicability: Applicability; leaves: readonly Leaf[] }[]): string[] {
	const open = judged.filter(({ applicability }) => applicability === 'undetermined');
	const unknown = open.flatMap(({ leaves }) => leaves.filter(({ truth }) => truth === 'unknown'));
	return [...new Set(unknown.flatMap(({ cites }) => cites))].sort();
}

function overall(lines: readonly Applicability[]): Judgement['applicability'] {
	const first = lines[0] ?? 'undetermined';
	return lines.every((one) => one === first) ? first : 'mixed';
}

/** Last day before a leaf, a rate or a condition may turn. `on` has to pass the judgement date for that to matter. */
function rulesHoldUntil(rule: Rule, leaves: readonly Leaf[], day: PlainDate): PlainDate | null {
	const windows: Part[] = [...rule.rates, ...rule.conditions];
	let next: PlainDate | null = null;
	for (const { bounds } of [...leaves, { bounds: turningDays(windows) }]) {
		for (const turn of bounds) {
			if (turn !== null && turn > day && (next === null || turn < next)) next = turn;
		}
	}
	return next && addDays(next, -1);
}
