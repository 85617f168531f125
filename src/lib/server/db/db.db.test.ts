import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, expect, expectTypeOf, test } from 'vitest';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { rows, sqlState, transact, violated, type Db } from './db.ts';

const port = pgTable('db_test_port', { code: text().primaryKey(), berths: integer() }, (table) => [
	check('db_test_port_berths', sql`${table.berths} > 0`)
]);

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
	database = await openTestDatabase();
	db = database.db;
	await db.execute(sql`create table db_test_port (
		code text constraint db_test_port_code primary key, berths int constraint db_test_port_berths check (berths > 0))`);
});
beforeEach(() => db.execute(sql`truncate db_test_port`).then(() => {}));
afterAll(() => database.close());

test('both drivers and their transactions are a Db', () => {
	expectTypeOf<PgliteDatabase>().toExtend<Db>();
	expectTypeOf<PostgresJsDatabase>().toExtend<Db>();
	type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
	expectTypeOf<Tx>().toExtend<Db>();
});

test('rows reads what a raw query answers', async () => {
	await db.insert(port).values({ code: 'VNSGN', berths: 7 });
	expect(rows<{ n: number }>(await db.execute(sql`select count(*)::int as n from db_test_port`))).toEqual([
		{ n: 1 }
	]);
});

test('a refused write names its constraint', async () => {
	await db.insert(port).values({ code: 'VNSGN', berths: 7 });
	const twice = await db
		.insert(port)
		.values({ code: 'VNSGN' })
		.catch((error: unknown) => error);
	expect(violated(twice)).toBe('db_test_port_code');
	const none = await db
		.insert(port)
		.values({ code: 'VNHPH', berths: 0 })
		.catch((error: unknown) => error);
	expect(violated(none)).toBe('db_test_port_berths');
	const typo = await db.execute(sql`select nothing from nowhere`).catch((error: unknown) => error);
	expect(violated(typo)).toBeUndefined();
	expect(sqlState(typo)).toBe('42P01');
	expect(violated(new Error('unrelated'))).toBeUndefined();
});

test('a transaction that clashed with another runs again, one that failed does not', async () => {
	const attempts = { clash: 0, failure: 0 };
	await transact(db, async (tx) => {
		await tx.insert(port).values({ code: 'VNSGN' });
		if (++attempts.clash < 3)
			await tx.execute(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
	});
	expect(attempts.clash).toBe(3);
	expect(await db.select().from(port)).toEqual([{ code: 'VNSGN', berths: null }]);
	const failing = transact(db, async (tx) => {
		attempts.failure++;
		await tx.execute(sql`select 1/0`);
	});
	await expect(failing).rejects.toThrow();
	expect(attempts.failure).toBe(1);
});
