import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/postgres.ts';

const root = path.join(import.meta.dirname, '../..');
let folder: string;
test.beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'ruleline-start-'))));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The server of the built tree, as an operator with these variables starts it; embedded unless they say otherwise. */
function begin(env: Record<string, string>) {
	const child = spawn(process.execPath, [path.join(root, 'scripts/serve.mjs')], {
		cwd: root,
		env: { ...process.env, HOST: '127.0.0.1', ORIGIN: '', DATABASE_URL: '', DEMO: 'off', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const said = { out: '', err: '' };
	child.stdout.on('data', (chunk) => (said.out += chunk));
	child.stderr.on('data', (chunk) => (said.err += chunk));
	const ended = once(child, 'close').then(([code]) => code as number | null);
	return { child, said, ended };
}

/** What a start that may not go on leaves behind: its one sentence. Anything else fails here. */
async function refusal(env: Record<string, string>): Promise<string> {
	const { child, said, ended } = begin({
		PORT: String(await freePort()),
		DATA_DIR: `${folder}/none`,
		...env
	});
	const timeUp = setTimeout(() => child.kill('SIGKILL'), 25_000);
	const code = await ended;
	clearTimeout(timeUp);
	expect({ code, lines: said.err.trim().split('\n').length }, said.err).toEqual({ code: 1, lines: 1 });
	expect(said.out).not.toContain('ready');
	return said.err.trim();
}

async function running(env: Record<string, string>) {
	const server = begin(env);
	await expect.poll(() => server.said.out, { timeout: 30_000 }).toContain('Ruleline ready at');
	return server;
}

test('beside a running server: its port and its folder are refused, and it goes on answering', async () => {
	const port = await freePort();
	const dataDir = path.join(folder, 'data');
	const { child, ended } = await running({ PORT: String(port), DATA_DIR: dataDir });
	try {
		const taken = await refusal({ PORT: String(port) });
		expect(taken).toContain(`Port ${port} on 127.0.0.1 is already in use`);
		expect(taken).toContain('choose another port');

		const second = await refusal({ DATA_DIR: dataDir });
		expect(second).toContain(`in use by process ${child.pid}`);
		expect(second).toContain('choose another DATA_DIR');

		const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
		expect(answer.status).toBe(200);
	} finally {
		const asked = performance.now();
		child.kill('SIGTERM');
		const code = await ended;
		expect(code).toBe(0);
		expect(performance.now() - asked).toBeLessThan(5_000);
	}
	expect(readdirSync(dataDir).filter((name) => name.endsWith('.lock'))).toEqual([]);
});

test('a folder that cannot be made is named, and what to do', async () => {
	const file = path.join(folder, 'file');
	writeFileSync(file, 'not a folder');
	const said = await refusal({ DATA_DIR: path.join(file, 'below') });
	expect(said).toContain(`DATA_DIR ${path.join(file, 'below')} cannot be written`);
	expect(said).toContain('set DATA_DIR to another folder');
});

test('a PostgreSQL that does not answer is named without its password', async () => {
	const said = await refusal({ DATABASE_URL: 'postgres://u:s3cretword@127.0.0.1:1/x' });
	expect(said).toContain('PostgreSQL at 127.0.0.1 port 1 could not be reached');
	expect(said).toContain('correct DATABASE_URL');
	expect(said).not.toContain('s3cretword');
});

for (const [name, value, todo] of [
	['PORT', 'eighty', 'give a whole number from 1 to 65535'],
	['DEMO', 'perhaps', 'give auto, on or off'],
	['OUTBOUND_ALLOW', 'http://intranet', 'give exact host:port entries'],
	['DATABASE_URL', 'mysql://u:s3cretword@host/x', 'give an address such as postgres://']
] as const) {
	test(`a malformed ${name} stops the start before anything is made`, async () => {
		const said = await refusal({ [name]: value, DATA_DIR: `${folder}/untouched` });
		expect(said).toMatch(new RegExp(`^${name}: `));
		expect(said).toContain(todo);
		expect(said).not.toContain('s3cretword');
		expect(existsSync(`${folder}/untouched`)).toBe(false);
	});
}
