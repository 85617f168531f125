import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { count, eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderJudgements, orders } from '#lib/orders/tables.ts';
import { signIn } from '#lib/people/sessions.server.ts';
import { people, workspace } from '#lib/people/tables.ts';
import { openDatabase, type Database } from '#lib/server/db/open.server.ts';
import { createLimits } from '#lib/server/web/limits.ts';
import { openTestDatabase } from './support/database.ts';
import { withDemo } from './support/demo.ts';

const root = path.join(import.meta.dirname, '..');
const migrationsFolder = path.join(root, 'drizzle');
const server = process.env.TEST_DATABASE_URL;
const scratch = mkdtempSync(path.join(tmpdir(), 'ruleline-command-'));
const dataDir = path.join(scratch, 'data');

/** The embedded database serves one process, so it is open here only between commands; PostgreSQL stays open. */
let held: Database | undefined;
let databaseUrl = '';

async function open(): Promise<Database> {
	return openDatabase({ dataDir, migrationsFolder });
}

async function inside<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
	if (held) return work(held);
	const database = await open();
	try {
		return await work(database);
	} finally {
		await database.close();
	}
}

/** Runs a command as an operator does. */
function ruleline(args: string[], env: Record<string, string> = {}) {
	const child = spawn(process.execPath, [path.join(root, 'scripts/ruleline.mjs'), ...args], {
		cwd: scratch,
		env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, NODE_NO_WARNINGS: '1', ...env }
	});
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
	return new Promise<{ code: number | null; text: string }>((resolve) => {
		child.once('close', (code) => resolve({ code, text }));
	});
}

/** The account that opens with the password a command printed. */
function enter(email: string, printed: string) {
	const [password = ''] = /[a-z2-9]{4}(-[a-z2-9]{4}){3}/.exec(printed) ?? [];
	const context = { address: '203.0.113.9', now: new Date(), limits: createLimits() };
	return inside(({ db }) => signIn(db, { email, password }, context));
}

beforeAll(async () => {
	if (server) {
		held = await openTestDatabase();
		databaseUrl = held.url!;
	}
	await inside(({ db }) => withDemo(db));
});
afterAll(async () => {
	await held?.close();
	rmSync(scratch, { recursive: true, force: true });
});

describe('npm run ruleline', { timeout: 60_000 }, () => {
	it('lists its commands, and answers 2 for one it does not have', async () => {
		const help = await ruleline([]);
		expect(help.code).toBe(0);
		for (const name of ['user:create', 'user:reset-password', 'seed', 'rollup:check'])
			expect(help.text).toContain(name);
		expect(await ruleline(['toString'])).toMatchObject({ code: 2 });
	});

	it('makes an account whose printed password opens it, with its roles and teams', async () => {
		const named = ['--name', 'Trần Lan', '--locale', 'vi'];
		const parts = ['--roles', 'compliance', '--teams', 'customs:lead,sales'];
		const made = await ruleline(['user:create', 'Lan@Example.com', ...named, ...parts]);
		expect(made).toMatchObject({ code: 0 });
		const { person } = await enter('lan@example.com', made.text);
		expect(person).toMatchObject({ name: 'Trần Lan', locale: 'vi', roles: ['compliance'] });
		expect(person.teams).toEqual(
			expect.arrayContaining([
				{ team: 'customs', lead: true },
				{ team: 'sales', lead: false }
			])
		);
	});

	it('makes no account from what it cannot accept, and says which option is wrong', async () => {
		const refused = await ruleline(['user:create', 'x@example.com', '--name', 'X', '--roles', 'king']);
		expect(refused).toMatchObject({ code: 1 });
		expect(refused.text).toContain('--roles');
		const unknown = await ruleline(['user:create', 'x@example.com', '--name', 'X', '--teams', 'moon']);
		expect(unknown).toMatchObject({ code: 1 });
		expect(unknown.text).toContain('There is no team "moon"');
		const twice = await ruleline(['user:create', 'sales@demo.example', '--name', 'X']);
		expect(twice).toEqual({ code: 1, text: 'email: There is an account with this address already.\n' });
		const found = await inside(({ db }) => db.select().from(people).where(eq(people.email, 'x@example.com')));
		expect(found).toEqual([]);
	});

	it('replaces a password, and says so when there is no such account', async () => {
		const reset = await ruleline(['user:reset-password', 'customs@demo.example']);
		expect(reset).toMatchObject({ code: 0 });
		await expect(enter('customs@demo.example', reset.text)).resolves.toMatchObject({
			token: expect.any(String)
		});
		await expect(enter('customs@demo.example', 'aaaa-bbbb-cccc-dddd')).rejects.toThrow('sign_in.wrong');
		expect(await ruleline(['user:reset-password', 'nobody@demo.example'])).toEqual({
			code: 1,
			text: 'There is no account with the address nobody@demo.example.\n'
		});
	});

	it('seeds orders whose kept judgements agree with judging anew, and names one that does not', async () => {
		expect(await ruleline(['seed', '--orders', '12'])).toMatchObject({ code: 0 });
		expect(await inside(({ db }) => seeded(db))).toBe(12);
		expect(await ruleline(['rollup:check'])).toEqual({ code: 0, text: '18 open orders, 0 differences.\n' });
		await inside(({ db }) =>
			db
				.update(orderJudgements)
				.set({ mandatoryHolding: 99 })
				.where(sql`order_id = (select id from orders where number = 'SEED-000005')`)
		);
		const wrong = await ruleline(['rollup:check']);
		expect(wrong.code).toBe(1);
		expect(wrong.text).toMatch(
			/^SEED-000005: mandatoryHolding is kept as 99, judged anew \d+\n18 open orders, 1 d/
		);
	});

	it('seeds no odd number', async () => {
		expect(await ruleline(['seed', '--orders', '-3'])).toMatchObject({ code: 2 });
		expect(await ruleline(['seed', '--orders', '0'])).toMatchObject({ code: 1 });
	});

	it.skipIf(server)('seeds no real workspace', async () => {
		const real = path.join(scratch, 'real');
		const database = await openDatabase({ dataDir: real, migrationsFolder });
		await database.db.insert(workspace).values({ kind: 'real' });
		await database.close();
		const refused = await ruleline(['seed', '--orders', '1'], { DATA_DIR: real, DATABASE_URL: '' });
		expect(refused).toMatchObject({ code: 1 });
		expect(refused.text).toContain('This is a real workspace');
	});

	it('makes no workspace where there is none, and repeats what the environment gets wrong', async () => {
		const elsewhere = { DATA_DIR: path.join(scratch, 'empty'), DATABASE_URL: '' };
		const refused = await ruleline(['rollup:check'], elsewhere);
		expect(refused).toMatchObject({ code: 1 });
		expect(refused.text).toContain('run npm start once');
		const wrong = await ruleline(['rollup:check'], { PORT: 'many' });
		expect(wrong).toMatchObject({ code: 1 });
		expect(wrong.text).toMatch(/^PORT: "many" is not accepted/);
	});

	it.skipIf(server)('leaves a data folder alone that a running process holds', async () => {
		const database = await open();
		const refused = await ruleline(['user:create', 'y@example.com', '--name', 'Y']);
		await database.close();
		expect(refused).toMatchObject({ code: 1 });
		expect(refused.text).toContain(`in use by process ${process.pid}`);
	});
});

async function seeded(db: Database['db']): Promise<number> {
	const [row] = await db.select({ found: count() }).from(orders).where(like(orders.number, 'SEED-%'));
	return row!.found;
}
