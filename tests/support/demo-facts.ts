import type { DueEvent } from '../../src/lib/changes/words.ts';
import demoOrders from '../../src/lib/demo/orders.json' with { type: 'json' };
import demoProducts from '../../src/lib/demo/products.json' with { type: 'json' };
import { minorOf } from '../../src/lib/money.ts';
import { dueOn } from '../../src/lib/orders/deadlines.ts';
import type { ItemFacts, ItemState, OrderFacts } from '../../src/lib/orders/judgement.ts';
import type { Incoterm } from '../../src/lib/orders/words.ts';
import playbook from '../../src/lib/starter/playbook.json' with { type: 'json' };
import { placeOf } from './pilot.ts';

export type DemoOrder = (typeof demoOrders)[number];

function productOf(sku: string) {
	const index = demoProducts.findIndex((product) => product.sku === sku);
	const found = demoProducts[index];
	if (!found) throw new Error(`no product ${sku}`);
	return { id: index + 1, ...found };
}

export function demoOrder(number: string): DemoOrder {
	const order = demoOrders.find((one) => one.number === number);
	if (!order) throw new Error(`no order ${number}`);
	return order;
}

/** A demo order as the judgements see it. */
export function orderFacts(demo: DemoOrder): OrderFacts {
	const { currency } = demo;
	return {
		...demo,
		id: Number(demo.number.slice(-3)),
		place: placeOf(demo.place),
		incoterm: demo.incoterm as Incoterm,
		freightMinor: minorOf(demo.freight, currency),
		insuranceMinor: minorOf(demo.insurance, currency),
		lines: demo.lines.map((line, index) => ({
			id: index + 1,
			product: productOf(line.sku).id,
			sku: line.sku,
			category: productOf(line.sku).category,
			notElectronic: false,
			originCountry: line.originCountry,
			fobMinor: line.quantity * minorOf(line.unitPrice, currency)
		}))
	};
}

/** The items the playbook asks of a demo order, in the states the demo puts them in. */
export function itemFacts(demo: DemoOrder, createdOn: string, state?: ItemState): ItemFacts[] {
	const skus = [...new Set(demo.lines.map((line) => line.sku))];
	const wanted = playbook
		.filter((item) => item.covers !== 'measure')
		.flatMap((item) => (item.covers === 'product' ? skus : [null]).map((sku) => ({ item, sku })));
	return wanted.map(({ item, sku }, index) => {
		const product = sku === null ? null : productOf(sku);
		const states: Partial<Record<string, string>> = product?.itemStates ?? demo.items;
		return {
			id: index + 1,
			key: item.key,
			team: item.team,
			product: product?.id ?? null,
			mandatory: item.mandatory,
			condition: item.condition,
			state: state ?? ((states[item.key] ?? 'open') as ItemState),
			stale: false,
			noLongerAsked: false,
			dueOn: dueOn(item.dueEvent as DueEvent, item.dueOffsetDays, orderFacts(demo), createdOn),
			releasedUntil: null,
			evidence:
				item.key === 'D2' && product?.statement
					? { validFrom: product.statement.validFrom, validUntil: product.statement.validUntil }
					: null,
			who: 'Lin Yutong',
			when: '2026-11-04T02:00:00Z',
			carried: false
		};
	});
}
