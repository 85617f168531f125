import { record } from '../activity/activity.server.ts';
import { exchangeRates, importers, orderLines, orders, products } from '../orders/tables.ts';
import { minorOf } from '#lib/money.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Cast } from './demo.server.ts';
import fx from './fx.json' with { type: 'json' };
import orderRows from './orders.json' with { type: 'json' };
import productRows from './products.json' with { type: 'json' };

/** The fictional exporter's products, importers and orders. @returns ids of the orders */
export async function loadOrders(tx: Db, people: Cast): Promise<number[]> {
	await tx.insert(exchangeRates).values(fx.map(({ date, ...rate }) => ({ ...rate, on: date })));
	const productIds = await loadProducts(tx);
	const names = [...new Set(orderRows.map((order) => order.importer))];
	const importerRows = await tx
		.insert(importers)
		.values(names.map((name) => ({ name })))
		.returning();
	const importerId = new Map(importerRows.map((row) => [row.name, row.id]));
	const ids: number[] = [];
	for (const { importer, fob: _fob, freight, insurance, lines, ...order } of orderRows) {
		const { items: _items, expected: _expected, ...columns } = order;
		const [row] = await tx
			.insert(orders)
			.values({
				...columns,
				importer: importerId.get(importer)!,
				freightMinor: minorOf(freight, order.currency),
				insuranceMinor: minorOf(insurance, order.currency),
				createdAt: new Date('2026-11-03T02:30:00Z')
			} as typeof orders.$inferInsert)
			.returning({ id: orders.id });
		ids.push(row!.id);
		await tx.insert(orderLines).values(
			lines.map((line, position) => ({
				order: row!.id,
				position: position + 1,
				product: productIds.get(line.sku)!,
				quantity: line.quantity,
				fobMinor: minorOf(line.unitPrice, order.currency) * line.quantity,
				originCountry: line.originCountry
			}))
		);
	}
	await record(
		tx,
		ids.map((id, index) => ({
			person: people.sales!,
			at: new Date('2026-11-03T02:30:00Z'),
			deed: 'order.created' as const,
			subject: 'order',
			subjectId: id,
			order: id,
			data: { number: orderRows[index]!.number }
		}))
	);
	return ids;
}

async function loadProducts(tx: Db): Promise<Map<string, number>> {
	const rows = await tx
		.insert(products)
		.values(
			productRows.map((product) => ({
				sku: product.sku,
				names: product.names,
				category: product.category,
				hsCode: product.hsCandidate,
				gtin: product.gtin,
				footprint: product.pcf,
				materials: product.bom
			}))
		)
		.returning({ id: products.id, sku: products.sku });
	return new Map(rows.map((row) => [row.sku, row.id]));
}
