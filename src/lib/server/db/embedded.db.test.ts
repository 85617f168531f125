import { spawn } from 'node:child_process';
import { fsyncSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows } from './db.ts';
import { openEmbedded } from './embedded.server.ts';
import { openDatabase } from './open.server.ts';
import { makeTemplate } from './template.server.ts';

let folder: string;
let template: string;
const inside = (name: string) => path.join(folder, name);

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'ruleline-embedded-'));
	template = inside('template');
	writeMigrations('migrations', ['create table port (code text primary key)']);
	await makeTemplate(template, { migrationsFolder: inside('migrations') });
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeMigrations(name: string, statements: string[]): string {
	mkdirSync(inside(`${name}/meta`), { recursive: true });
	const entries = statements.map((statement, idx) => {
		const tag = `000${idx}_step`;
		writeFileSync(inside(`${name}/${tag}.sql`), statement);
		return { idx, version: '7', when: 1_700_000_000_000 + idx, tag, breakpoints: true };
	});
	const journal = { version: '7', dialect: 'postgresql', entries };
	writeFileSync(inside(`${name}/meta/_journal.json`), JSON.stringify(journal));
	return inside(name);
}

test('a commit reaches the disk: one flush each, and none for a read', async () => {
	let flushes = 0;
	const flush = (fd: number) => {
		flushes++;
		fsyncSync(fd);
	};
	const options = { dataDir: inside('flush'), template, migrationsFolder: inside('migrations'), flush };
	const { db, close } = await openEmbedded(options);
	await db.execute(sql`insert into port values ('warm')`);
	flushes = 0;
	for (let n = 0; n < 10; n++) await db.execute(sql`insert into port values (${`P${n}`})`);
	expect(flushes).toBe(10);
	flushes = 0;
	await db.execute(sql`select * from port`);
	await expect(
		db.transaction(async (tx) => {
			await tx.execute(sql`insert into port values ('never')`);
			throw new Error('rolled back');
		})
	).rejects.toThrow('rolled back');
	expect(flushes).toBe(0);
	await db.transaction(async (tx) => {
		for (let n = 0; n < 10; n++) await tx.execute(sql`insert into port values (${`T${n}`})`);
	});
	expect(flushes).toBe(1);
	await close();
});

test('begins from the template, runs what came after it, and finds its data again', async () => {
	const later = writeMigrations('later', [
		'create table port (code text primary key)',
		'alter table port add column name text'
	]);
	const options = { dataDir: inside('begin'), template, migrationsFolder: later };
	const first = await openDatabase(options);
	expect(first.kind).toBe('embedded');
	await first.db.execute(sql`insert into port values ('VNSGN', 'Cat Lai')`);
	const jobs = rows(await first.db.execute(sql`select 1 from pg_tables where schemaname = 'pgboss'`));
	expect(jobs.length).toBeGreaterThan(0);
	await first.close();
	const second = await openDatabase(options);
	expect(rows(await second.db.execute(sql`select * from port`))).toEqual([
		{ code: 'VNSGN', name: 'Cat Lai' }
	]);
	await second.close();
	expect(readdirSync(inside('begin'))).toEqual(['pgdata']);
});

test('works without a template file', async () => {
	const options = {
		dataDir: inside('bare'),
		template: inside('none'),
		migrationsFolder: inside('migrations')
	};
	const { db, close } = await openDatabase(options);
	expect(rows(await db.execute(sql`select * from port`))).toEqual([]);
	await close();
});

test('a second opening of the folder is refused and the first goes on', async () => {
	const options = { dataDir: inside('twice'), template, migrationsFolder: inside('migrations') };
	const first = await openDatabase(options);
	await expect(openDatabase(options)).rejects.toMatchObject({
		code: 'START_REFUSED',
		message: expect.stringContaining(`process ${process.pid}`)
	});
	await first.db.execute(sql`insert into port values ('VNSGN')`);
	await first.close();
});

test('a folder that was being filled when the process died is made anew', async () => {
	const dataDir = inside('half');
	mkdirSync(path.join(dataDir, 'pgdata'), { recursive: true });
	writeFileSync(path.join(dataDir, 'pgdata/PG_VERSION'), '17');
	writeFileSync(path.join(dataDir, 'pgdata.incomplete'), '');
	const { close } = await openDatabase({ dataDir, template, migrationsFolder: inside('migrations') });
	await close();
	expect(existsSync(path.join(dataDir, 'pgdata.incomplete'))).toBe(false);
});

test('a folder that cannot be written is refused in a sentence that names it', async () => {
	writeFileSync(inside('a-file'), '');
	const dataDir = inside('a-file/data');
	await expect(openDatabase({ dataDir, migrationsFolder: inside('migrations') })).rejects.toMatchObject({
		code: 'START_REFUSED',
		message: expect.stringContaining(`${dataDir} cannot be written`)
	});
});

test('a new database whose first migration fails does not stand in the way of the next start', async () => {
	const dataDir = inside('false-start');
	const broken = writeMigrations('broken-start', [
		'create table port (code text primary key)',
		'select broken'
	]);
	await expect(openDatabase({ dataDir, template, migrationsFolder: broken })).rejects.toThrow('broken');
	writeFileSync(path.join(dataDir, 'pgdata/remains'), '');
	const { close } = await openDatabase({ dataDir, template, migrationsFolder: inside('migrations') });
	await close();
	expect(existsSync(path.join(dataDir, 'pgdata/remains'))).toBe(false);
});

test('a migration that fails changes nothing and frees the folder', async () => {
	const dataDir = inside('broken');
	await (await openDatabase({ dataDir, template, migrationsFolder: inside('migrations') })).close();
	const broken = writeMigrations('broken-steps', [
		'create table port (code text primary key)',
		'create table half (id int);\n--> statement-breakpoint\nselect broken'
	]);
	await expect(openDatabase({ dataDir, template, migrationsFolder: broken })).rejects.toMatchObject({
		code: 'START_REFUSED',
		message: expect.stringContaining('column "broken" does not exist')
	});
	const { db, close } = await openDatabase({ dataDir, template, migrationsFolder: inside('migrations') });
	expect(rows(await db.execute(sql`select 1 from pg_tables where tablename = 'half'`))).toEqual([]);
	await close();
});

test('what was acknowledged survives a killed process, whose lock is taken over', async () => {
	const options = { dataDir: inside('killed'), template, migrationsFolder: inside('migrations') };
	const script = `
		import { openDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'open.server.ts'))};
		const { pglite } = await openDatabase(${JSON.stringify(options)});
		for (let n = 1; ; n++) {
			await pglite.query('insert into port values ($1)', [String(n)]);
			process.stdout.write(n + '\\n');
		}`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let heard = '';
	for await (const chunk of child.stdout) {
		heard += chunk;
		if (heard.split('\n').length > 200) child.kill('SIGKILL');
	}
	const acknowledged = heard.split('\n').length - 1;
	const { db, close } = await openDatabase(options);
	const [found] = rows<{ n: number }>(await db.execute(sql`select count(*)::int as n from port`));
	expect(found!.n).toBeGreaterThanOrEqual(acknowledged);
	await close();
});
