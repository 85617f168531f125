import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import postgres from 'postgres';
import { freePort } from '../../support/postgres.ts';

export { expect } from '@playwright/test';

const root = path.join(import.meta.dirname, '../../..');

export type RunningServer = {
	/** Its origin, without a slash at the end. */
	baseURL: string;
	/** Its own data folder, removed when it stops. */
	dataDir: string;
	/** What it has printed so far. */
	log(): string;
	stop(): Promise<void>;
};

type ServerOptions = {
	/** A database of its own is made on this PostgreSQL and dropped afterwards; embedded when not given. */
	databaseUrl?: string;
	env?: Record<string, string>;
};

/** A server of the built tree on a free port with an empty data folder; the demo workspace unless `env` says otherwise. */
export async function startServer({ databaseUrl, env }: ServerOptions = {}): Promise<RunningServer> {
	const dataDir = mkdtempSync(path.join(tmpdir(), 'ruleline-journey-'));
	const database = databaseUrl ? await makeDatabase(databaseUrl) : undefined;
	const port = await freePort();
	const child = spawn(process.execPath, [path.join(root, 'scripts/serve.mjs')], {
		cwd: root,
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: String(port),
			ORIGIN: '',
			DATA_DIR: dataDir,
			DATABASE_URL: database?.url ?? '',
			DEMO: 'on',
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const log = record(child);
	const stop = async () => {
		await end(child);
		await database?.drop();
		rmSync(dataDir, { recursive: true, force: true });
	};
	try {
		await ready(child, log);
	} catch (error) {
		await stop();
		throw error;
	}
	return { baseURL: `http://127.0.0.1:${port}`, dataDir, log, stop };
}

async function makeDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
	const name = `ruleline_journey_${randomBytes(6).toString('hex')}`;
	await onServer(server, `create database ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
	const admin = postgres(server, { max: 1, onnotice: () => {} });
	try {
		await admin.unsafe(statement);
	} finally {
		await admin.end();
	}
}

function record(child: ChildProcess): () => string {
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
	return () => text;
}

function ready(child: ChildProcess, log: () => string): Promise<void> {
	return new Promise((resolve, reject) => {
		const fail = (why: string) => reject(new Error(`The server ${why}:\n${log()}`));
		const timeUp = setTimeout(() => fail('was not ready within 30 s'), 30_000);
		child.stdout?.on('data', () => {
			if (!log().includes('Ruleline ready at')) return;
			clearTimeout(timeUp);
			resolve();
		});
		child.once('exit', () => {
			clearTimeout(timeUp);
			fail('ended before it was ready');
		});
	});
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	const timeUp = setTimeout(() => child.kill('SIGKILL'), 6_000);
	await gone;
	clearTimeout(timeUp);
}

type Running = { key: string; server: RunningServer };

/**
 * `app` is one server for all tests of a file; page.goto('/orders') goes to it. A file that needs another kind of
 * workspace says so: test.use({ serverEnv: { DEMO: 'off' } }). On TEST_DATABASE_URL when that is set.
 */
export const test = base.extend<
	{ serverEnv: Record<string, string>; app: RunningServer },
	{ current: { running?: Running } }
>({
	serverEnv: [{}, { option: true }],
	current: [
		// Playwright reads the names of what a fixture needs from this pattern, also when it needs none.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const current: { running?: Running } = {};
			await use(current);
			await current.running?.server.stop();
		},
		{ scope: 'worker', timeout: 60_000 }
	],
	app: [
		async ({ current, serverEnv }, use, testInfo) => {
			const key = `${testInfo.file} ${JSON.stringify(serverEnv)}`;
			if (current.running?.key !== key) {
				await current.running?.server.stop();
				current.running = undefined;
				const databaseUrl = process.env.TEST_DATABASE_URL;
				current.running = { key, server: await startServer({ databaseUrl, env: serverEnv }) };
			}
			await use(current.running.server);
			if (testInfo.status === testInfo.expectedStatus) return;
			await testInfo.attach('server log', { body: current.running.server.log(), contentType: 'text/plain' });
		},
		{ timeout: 60_000 }
	],
	baseURL: ({ app }, use) => use(app.baseURL)
});
