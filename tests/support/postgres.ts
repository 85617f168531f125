import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

const oldestServed = 15;

export type ThrowawayPostgres = {
	/** Its maintenance database, as a superuser that needs no password. */
	url: string;
	/** Ends the server and removes its files. */
	stop(): Promise<void>;
};

type Account = { uid: number; gid: number } | Record<string, never>;

/**
 * A PostgreSQL of its own on a free loopback port, in a temporary folder, with durability switched off.
 * `missing` says in a sentence why there is none. PostgreSQL refuses to run as root, so root lends it another account.
 */
export async function startThrowawayPostgres(): Promise<ThrowawayPostgres | { missing: string }> {
	const binaries = findBinaries();
	if ('missing' in binaries) return binaries;
	const account = unprivilegedAccount();
	if (!account) return { missing: 'PostgreSQL cannot run as root and no other account was found.' };
	const folder = mkdtempSync('/tmp/ruleline-postgres-');
	if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
	try {
		await initialise(binaries.folder, folder, account);
		return await run(binaries.folder, folder, account);
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		return { missing: `PostgreSQL was found in ${binaries.folder} but did not start: ${String(error)}` };
	}
}

function findBinaries(): { folder: string } | { missing: string } {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	if (versions[0] && Number(versions[0]) < oldestServed) {
		return { missing: `PostgreSQL ${versions[0]} was found, ${oldestServed} or newer is needed.` };
	}
	const folders = [
		...versions.map((version) => path.join(debian, version, 'bin')),
		...(process.env.PATH ?? '').split(path.delimiter)
	];
	const folder = folders.find(
		(each) => existsSync(path.join(each, 'initdb')) && existsSync(path.join(each, 'postgres'))
	);
	return folder ? { folder } : { missing: 'No PostgreSQL server binaries were found.' };
}

function unprivilegedAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return {};
	const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
	const line = ['postgres', 'nobody']
		.map((name) => accounts.find((each) => each.startsWith(`${name}:`)))
		.find(Boolean);
	const [, , uid, gid] = line?.split(':') ?? [];
	return line ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

async function initialise(binaries: string, folder: string, account: Account): Promise<void> {
	const child = spawn(
		path.join(binaries, 'initdb'),
		[
			'-D',
			path.join(folder, 'data'),
			'-U',
			'ruleline',
			'-A',
			'trust',
			'-E',
			'UTF8',
			'--locale=C.UTF-8',
			'--no-sync'
		],
		{ ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	const complaints = collect(child);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(complaints());
}

async function run(binaries: string, folder: string, account: Account): Promise<ThrowawayPostgres> {
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: folder,
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
		lc_messages: 'C'
	};
	const child = spawn(
		path.join(binaries, 'postgres'),
		[
			'-D',
			path.join(folder, 'data'),
			...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
		],
		{ ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	// A test run that ends early takes its server with it.
	const abandon = () => child.kill('SIGQUIT');
	process.once('exit', abandon);
	await ready(child);
	return {
		url: `postgres://ruleline@127.0.0.1:${port}/postgres`,
		stop: async () => {
			process.off('exit', abandon);
			const gone = new Promise((resolve) => child.once('close', resolve));
			child.kill('SIGINT');
			await gone;
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function ready(child: ChildProcess): Promise<void> {
	const complaints = collect(child);
	return new Promise((resolve, reject) => {
		child.stderr?.on('data', () => {
			if (complaints().includes('ready to accept connections')) resolve();
		});
		child.once('error', reject);
		child.once('close', () => reject(new Error(complaints())));
	});
}

function collect(child: ChildProcess): () => string {
	let text = '';
	child.stderr?.on('data', (chunk) => (text = (text + chunk).slice(-10_000)));
	return () => text.trim();
}

/** A loopback port nobody listens on at this moment. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
