import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { loadDemo } from '#lib/demo/demo.server.ts';
import { seedOrders } from '#lib/demo/seed.server.ts';
import { openDatabase } from '#lib/server/db/open.server.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { queriesOfPages, type QueryCounts } from './queries.ts';

export const root = path.join(import.meta.dirname, '../..');
export const orderCount = 1_000;
export const shownOn = '2026-11-23';

export interface Prepared {
	/** Data folder of the product. */
	product: string;
	/** A copy of it: the embedded database serves one process, and both run at once. */
	limit: string;
	/** Queries a page takes in the demo workspace as it comes, and with the seeded orders. */
	queries: { few: QueryCounts; many: QueryCounts };
	/** Number of a seeded order with three lines. */
	order: string;
	/** Removes everything. */
	remove(): void;
	/** A folder for one more data folder. */
	folder(name: string): string;
}

/** The demo workspace with 1,000 orders, twice. */
export async function prepare(): Promise<Prepared> {
	const scratch = mkdtempSync(path.join(tmpdir(), 'ruleline-bench-'));
	const folder = (name: string) => path.join(scratch, name);
	const product = folder('product');
	const { db, close } = await openDatabase({
		dataDir: product,
		template: path.join(root, 'build/template'),
		migrationsFolder: path.join(root, 'drizzle')
	});
	await loadDemo(db, createStorage(path.join(product, 'files')), shownOn);
	const few = await queriesOfPages(db);
	await seedOrders(db, orderCount, shownOn);
	await db.execute(sql`analyze`);
	const many = await queriesOfPages(db);
	const order = await orderWithThreeLines(db);
	await close();
	cpSync(product, folder('limit'), { recursive: true });
	return {
		...{ product, limit: folder('limit'), queries: { few, many }, order, folder },
		remove: () => rmSync(scratch, { recursive: true, force: true })
	};
}

async function orderWithThreeLines(db: Db): Promise<string> {
	const found =
		await db.execute(sql`select number from orders where closed_at is null and number like 'SEED-%'
		and (select count(*) from order_lines where order_id = orders.id) = 3 order by number limit 1`);
	return rows<{ number: string }>(found)[0]!.number;
}
