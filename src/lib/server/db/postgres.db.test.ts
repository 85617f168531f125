import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from './db.ts';
import { openDatabase, type Database } from './open.server.ts';

const server = process.env.TEST_DATABASE_URL;
let migrationsFolder: string;

beforeAll(() => {
	migrationsFolder = mkdtempSync(path.join(tmpdir(), 'ruleline-migrations-'));
	mkdirSync(path.join(migrationsFolder, 'meta'));
	const entries = [{ idx: 0, version: '7', when: 1_700_000_000_000, tag: '0000_start', breakpoints: true }];
	const journal = JSON.stringify({ version: '7', dialect: 'postgresql', entries });
	writeFileSync(path.join(migrationsFolder, 'meta/_journal.json'), journal);
	writeFileSync(path.join(migrationsFolder, '0000_start.sql'), 'create table port (code text primary key)');
});
afterAll(() => rmSync(migrationsFolder, { recursive: true }));

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: '', migrationsFolder });

async function refusal(databaseUrl: string): Promise<string> {
	const error = await open(databaseUrl).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({ code: 'START_REFUSED' });
	const { message } = error as Error;
	expect(message).not.toContain('sesame');
	return message;
}

describe('a PostgreSQL that cannot be used is refused in a sentence, without the password', () => {
	test('nothing listens there', async () => {
		const port = await freePort();
		const message = await refusal(`postgres://me:sesame@127.0.0.1:${port}/ruleline`);
		expect(message).toContain(`PostgreSQL at 127.0.0.1 port ${port} could not be reached`);
		expect(message).toContain('DATABASE_URL');
	});

	test('somebody listens and never answers', async () => {
		const mute = createServer((socket) => socket.on('error', () => {}));
		const port = await listening(mute);
		const message = await refusal(`postgres://me:sesame@127.0.0.1:${port}/ruleline`);
		expect(message).toMatch(/could not be reached \(.*TIMEOUT/);
		mute.close();
	});

	test('the address is none', async () => {
		expect(await refusal('postgres://me:sesame@[half/ruleline')).toContain('postgres://user:password@host');
	});
});

describe.runIf(server)('PostgreSQL', () => {
	let admin: postgres.Sql;
	let name: string;
	let url: string;

	beforeAll(async () => {
		admin = postgres(server!, { max: 1, onnotice: () => {} });
		name = `ruleline_test_${randomBytes(6).toString('hex')}`;
		url = addressOf(name);
		await admin.unsafe(`create database ${name}`);
	});
	afterAll(async () => {
		await admin.unsafe(`drop database ${name} with (force)`);
		await admin.unsafe(`drop role if exists ${name}`);
		await admin.end();
	});
	const addressOf = (database: string) => Object.assign(new URL(server!), { pathname: `/${database}` }).href;

	test('processes that start together migrate once', async () => {
		const opened = await Promise.all([open(url), open(url), open(url)]);
		const applied = await opened[0].db.execute(
			sql`select count(*)::int as n from drizzle.__drizzle_migrations`
		);
		expect(rows(applied)).toEqual([{ n: 1 }]);
		expect(opened[0]).toMatchObject({ kind: 'postgres', url });
		await Promise.all(opened.map((database: Database) => database.close()));
	});

	test('a database that does not exist is named', async () => {
		expect(await refusal(addressOf('ruleline_nowhere'))).toContain('has no database "ruleline_nowhere"');
	});

	test('a user who may not create tables is told so', async () => {
		await admin.unsafe(`create role ${name} login password 'sesame'`);
		await admin.unsafe(`create database ${name}_other`);
		const address = new URL(addressOf(`${name}_other`));
		[address.username, address.password] = [name, 'sesame'];
		try {
			expect(await refusal(address.href)).toMatch(/may not create the tables \(permission denied/);
		} finally {
			await admin.unsafe(`drop database ${name}_other with (force)`);
		}
	});
});

async function freePort(): Promise<number> {
	const probe = createServer();
	const port = await listening(probe);
	await new Promise((closed) => probe.close(closed));
	return port;
}

async function listening(probe: ReturnType<typeof createServer>): Promise<number> {
	await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
	return (probe.address() as { port: number }).port;
}
