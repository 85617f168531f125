import { asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '#lib/server/db/db.ts';
import { places } from '../rules/tables.ts';
import type { LineFacts, OrderFacts } from './judgement.ts';
import { orderLines, orders, products } from './tables.ts';

/** An order as the judgements see it, with what else a checklist copies from it. */
export interface LoadedOrder extends OrderFacts {
	importer: number;
	pinnedVersion: number | null;
}

/** Which orders: by id, or all that are open. */
export type Which = readonly number[] | 'open';

/** Loads orders with their lines in two queries, whatever their number. */
export async function loadOrders(db: Db, which: Which): Promise<LoadedOrder[]> {
	if (which !== 'open' && which.length === 0) return [];
	const wanted = which === 'open' ? isNull(orders.closedAt) : inArray(orders.id, [...which]);
	const rows = await db
		.select({
			id: orders.id,
			number: orders.number,
			importer: orders.importer,
			pinnedVersion: orders.pinnedVersion,
			exporterCountry: orders.exporterCountry,
			loadingCountry: orders.loadingCountry,
			incoterm: orders.incoterm,
			currency: orders.currency,
			freightMinor: orders.freightMinor,
			insuranceMinor: orders.insuranceMinor,
			quotedOn: orders.quotedOn,
			confirmedOn: orders.confirmedOn,
			productionOn: orders.productionOn,
			etd: orders.etd,
			eta: orders.eta,
			declarationOn: orders.declarationOn,
			customerAsks: orders.customerAsks,
			place: {
				key: places.key,
				kind: places.kind,
				parent: places.parent,
				joinedParentOn: places.joinedParentOn
			}
		})
		.from(orders)
		.innerJoin(places, eq(places.key, orders.place))
		.where(wanted)
		.orderBy(asc(orders.id));
	const lines = await db
		.select({
			order: orderLines.order,
			id: orderLines.id,
			product: orderLines.product,
			sku: products.sku,
			category: products.category,
			notElectronicAt: products.notElectronicAt,
			originCountry: orderLines.originCountry,
			fobMinor: orderLines.fobMinor
		})
		.from(orderLines)
		.innerJoin(products, eq(products.id, orderLines.product))
		.innerJoin(orders, eq(orders.id, orderLines.order))
		.where(wanted)
		.orderBy(asc(orderLines.order), asc(orderLines.position));
	const byOrder = new Map<number, LineFacts[]>();
	for (const { order, notElectronicAt, ...line } of lines) {
		const list = byOrder.get(order) ?? [];
		list.push({ ...line, notElectronic: notElectronicAt !== null });
		byOrder.set(order, list);
	}
	return rows.map((row) => ({ ...row, lines: byOrder.get(row.id) ?? [] }));
}
