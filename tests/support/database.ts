import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { rows, type Db } from '#lib/server/db/db.ts';
import { openDatabase, type Database } from '#lib/server/db/open.server.ts';
import { dumpMigrated } from '#lib/server/db/template.server.ts';
import { installJobTables } from '#lib/server/jobs/boss.server.ts';

const root = path.join(import.meta.dirname, '../..');
const migrationsFolder = path.join(root, 'drizzle');

export interface TestDatabase extends Database {
	/** Empties every table of ours and the waiting jobs; nothing is kept, seeded rows neither. */
	truncate(): Promise<void>;
}

/** A migrated, empty database: embedded in memory, or a clone on the server of TEST_DATABASE_URL. Close it. */
export async function openTestDatabase(): Promise<TestDatabase> {
	const server = process.env.TEST_DATABASE_URL;
	const database = server ? await cloneOnServer(server) : await openInMemory();
	return { ...database, truncate: truncation(database.db) };
}

export interface DatabaseContext {
	/** Empty at the start of each test. */
	readonly db: Db;
	readonly database: TestDatabase;
}

/** A `describe` whose tests share one open database, emptied before each. */
export function describeWithDatabase(name: string, body: (context: DatabaseContext) => void): void {
	describe(name, () => {
		let opened: TestDatabase;
		beforeAll(async () => {
			opened = await openTestDatabase();
		});
		beforeEach(() => opened.truncate());
		afterAll(() => opened.close());
		body({
			get db() {
				return opened.db;
			},
			get database() {
				return opened;
			}
		});
	});
}

async function openInMemory(): Promise<Database> {
	const dump = new File([await cachedDump()], 'migrated.tar', { type: 'application/x-tar' });
	const pglite = await PGlite.create({ loadDataDir: dump });
	return { db: drizzle(pglite), kind: 'embedded', pglite, close: () => pglite.close() };
}

/** Migrating takes seconds, so the result is kept until a migration or an engine changes. */
async function cachedDump(): Promise<Uint8Array<ArrayBuffer>> {
	const file = path.join(root, `node_modules/.cache/ruleline-test/${fingerprint()}.tar`);
	if (!existsSync(file)) {
		// Two workers may both make it; the rename lets neither see half of the other's.
		const draft = `${file}.${process.pid}`;
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(draft, await dumpMigrated('none', migrationsFolder));
		renameSync(draft, file);
		for (const other of readdirSync(path.dirname(file))) {
			if (other.endsWith('.tar') && other !== path.basename(file))
				rmSync(path.join(path.dirname(file), other), { force: true });
		}
	}
	return new Uint8Array(readFileSync(file));
}

function fingerprint(): string {
	const hash = createHash('sha256');
	for (const name of readdirSync(migrationsFolder, { recursive: true }).map(String).sort()) {
		if (name.endsWith('.sql') || name.endsWith('_journal.json')) {
			hash.update(name).update(readFileSync(path.join(migrationsFolder, name)));
		}
	}
	for (const engine of ['@electric-sql/pglite', 'pg-boss']) {
		hash.update(readFileSync(path.join(root, 'node_modules', engine, 'package.json')));
	}
	return hash.digest('hex').slice(0, 16);
}

async function cloneOnServer(server: string): Promise<Database> {
	const template = `ruleline_template_${fingerprint()}`;
	const clone = `ruleline_test_${randomBytes(6).toString('hex')}`;
	const admin = postgres(server, { max: 1, onnotice: () => {} });
	await admin`select pg_advisory_lock(7401927)`;
	try {
		const found = await admin`select 1 from pg_database where datname = ${template}`;
		if (found.length === 0) await makeServerTemplate(admin, server, template);
		await admin.unsafe(`create database ${clone} template ${template}`);
	} finally {
		await admin`select pg_advisory_unlock(7401927)`;
	}
	const url = addressOf(server, clone);
	const pool = await openDatabase({ databaseUrl: url, dataDir: '', migrationsFolder });
	const close = async () => {
		await pool.close();
		await admin.unsafe(`drop database ${clone} with (force)`);
		await admin.end();
	};
	return { ...pool, close };
}

/** Made under another name and renamed, so that a run cut short leaves no half template. */
async function makeServerTemplate(admin: postgres.Sql, server: string, template: string): Promise<void> {
	const draft = `${template}_draft`;
	await admin.unsafe(`drop database if exists ${draft} with (force)`);
	await admin.unsafe(`create database ${draft}`);
	const url = addressOf(server, draft);
	const database = await openDatabase({ databaseUrl: url, dataDir: '', migrationsFolder });
	await database.close();
	await installJobTables({ kind: 'postgres', url });
	await admin.unsafe(`alter database ${draft} rename to ${template}`);
}

function addressOf(server: string, database: string): string {
	const url = new URL(server);
	url.pathname = `/${database}`;
	return url.href;
}

function truncation(db: Db): () => Promise<void> {
	let statement: string | undefined;
	return async () => {
		statement ??= await truncateStatement(db);
		await db.execute(sql.raw(statement));
	};
}

async function truncateStatement(db: Db): Promise<string> {
	const found = await db.execute(sql`
		select format('%I.%I', schemaname, tablename) as name from pg_tables
		where schemaname = 'public' or (schemaname = 'pgboss' and tablename in ('job', 'schedule'))`);
	const names = rows<{ name: string }>(found).map((table) => table.name);
	return `truncate ${names.join(', ')} restart identity cascade`;
}
