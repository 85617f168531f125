import { sql } from 'drizzle-orm';
import { syncOrders } from '../checklists/sync.server.ts';
import { importers, orderLines, orders, products } from '../orders/tables.ts';
import { incoterms } from '../orders/words.ts';
import { places } from '../rules/tables.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { addDays, type PlainDate } from '#lib/time.ts';

/** Orders written at once: a transaction that is neither long nor many. */
const batch = 500;

/**
 * Adds fictional orders to a demo workspace, so that its size can be tried: the demo's products, spread over places,
 * importers, Incoterms and sixteen weeks of arrival. The same number always gives the same orders.
 */
export async function seedOrders(db: Db, count: number, on: PlainDate): Promise<void> {
	const product = await db.select({ id: products.id, category: products.category }).from(products);
	const place = await db.select({ key: places.key }).from(places);
	const importer = await db
		.insert(importers)
		.values(Array.from({ length: 40 }, (_, index) => ({ name: `Seed importer ${index + 1} (fictional)` })))
		.onConflictDoUpdate({ target: importers.name, set: { name: sql`excluded.name` } })
		.returning({ id: importers.id });
	const [{ next = 1 } = {}] = rows<{ next: number }>(
		await db.execute(sql`select count(*)::int + 1 as next from orders where number like 'SEED-%'`)
	);
	for (let start = 0; start < count; start += batch) {
		const size = Math.min(batch, count - start);
		await db.transaction(async (tx) => {
			const made = await tx
				.insert(orders)
				.values(
					Array.from({ length: size }, (_, offset) => {
						const n = next + start + offset;
						const eta = addDays(on, 5 + ((n * 13) % 112));
						const confirmed = n % 4 !== 0;
						return {
							number: `SEED-${String(n).padStart(6, '0')}`,
							buyer: `Seed buyer ${1 + (n % 90)} (fictional)`,
							importer: importer[n % importer.length]!.id,
							incoterm: incoterms[n % incoterms.length]!,
							place: place[(n * 7) % place.length]!.key,
							...{ loadingPort: 'CNYTN', loadingCountry: 'CN', exporterCountry: 'CN', currency: 'USD' },
							stage: confirmed ? ('production' as const) : ('quotation' as const),
							quotedOn: addDays(eta, -60),
							confirmedOn: confirmed ? addDays(eta, -45) : null,
							productionOn: confirmed ? addDays(eta, -40) : null,
							...{ etd: addDays(eta, -7), eta, declarationOn: eta },
							...{ freightMinor: 50_000 + n, insuranceMinor: 3_000 }
						};
					})
				)
				.returning({ id: orders.id });
			await tx.insert(orderLines).values(
				made.flatMap(({ id }) =>
					Array.from({ length: 1 + (id % 3) }, (_, position) => ({
						order: id,
						position: position + 1,
						product: product[(id + position) % product.length]!.id,
						quantity: 100 + (id % 900),
						fobMinor: 1_000_000 + ((id * 7919) % 4_000_000),
						originCountry: 'CN'
					}))
				)
			);
			await syncOrders(
				tx,
				made.map(({ id }) => id),
				on
			);
		});
	}
}
