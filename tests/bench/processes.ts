import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../support/postgres.ts';
import { root } from './workspace.ts';

export interface Running {
	port: number;
	/** From the spawn of the process to its ready line. */
	readyMs: number;
	/** Processor time it took until then, where /proc tells it: what the start would take on a machine of its own. */
	cpuMs: number | null;
	stop(): Promise<void>;
}

const readyLine = /ready at /;

/** The product's own server on a data folder, with the flags of `npm start`. */
export async function startProduct(dataDir: string): Promise<Running> {
	const port = await freePort();
	const settings = { HOST: '127.0.0.1', PORT: String(port), ORIGIN: '', DATA_DIR: dataDir, DATABASE_URL: '' };
	return start(['--max-semi-space-size=8', path.join(root, 'scripts/serve.mjs')], port, {
		...settings,
		...{ DEMO: 'on', LOG_LEVEL: 'warn', NODE_ENV: 'production' }
	});
}

/** The limit program on a copy of the same folder. */
export async function startLimit(dataDir: string): Promise<Running> {
	const port = await freePort();
	return start([path.join(import.meta.dirname, 'limit.ts'), dataDir, String(port)], port, {});
}

async function start(args: string[], port: number, env: Record<string, string>): Promise<Running> {
	const from = performance.now();
	const child = spawn(process.execPath, args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	let log = '';
	const ready = await new Promise<Pick<Running, 'readyMs' | 'cpuMs'>>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			log += chunk;
			if (readyLine.test(log)) resolve({ readyMs: performance.now() - from, cpuMs: cpuOf(child.pid) });
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('exit', () => reject(new Error(`The process ended before it was ready:\n${log}`)));
	});
	return {
		...{ port, ...ready },
		async stop() {
			child.kill('SIGTERM');
			await gone;
		}
	};
}

/** Fields 14 and 15 of /proc/<pid>/stat, in hundredths of a second, counted behind the command name. */
function cpuOf(pid: number | undefined): number | null {
	try {
		const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return null;
	}
}
