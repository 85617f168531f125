// Runs before anything is installed: Node 20 and no dependency.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The Node the project is written for: an npm package, whatever Node the system has. */
export const node = path.join(root, 'node_modules/.bin/node');

/** A step of installing or building failed; the message says all there is to show. */
export class StepFailed extends Error {}

/** Installs the packages of package-lock.json when they are not there. */
export async function ensureInstalled() {
	if (isInstalled()) return;
	console.log('Installing packages, once ...');
	const { command, args } = npm();
	// Engine warnings are about npm itself running on an older Node, which is expected here.
	await quietly(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
		failure:
			'The packages could not be installed: see the lines above, check the network and the disk, and try again.'
	});
}

// npm writes its own record last, so an interrupted installation never looks finished.
function isInstalled() {
	const wanted = packagesOf('package-lock.json');
	const present = packagesOf('node_modules/.package-lock.json');
	const complete = Object.entries(wanted).every(([name, entry]) => {
		if (name === '') return true;
		const found = present[name];
		// Packages for other platforms are listed as optional and never installed here.
		return found ? found.version === entry.version : Boolean(entry.optional ?? entry.devOptional);
	});
	return complete && existsSync(node);
}

function packagesOf(file) {
	const full = path.join(root, file);
	return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')).packages : {};
}

// Started by npm, the npm and the Node to use are the ones already running: `npm ci` removes our own Node.
function npm() {
	const { npm_execpath: script, npm_node_execpath: runtime } = process.env;
	if (!script?.endsWith('npm-cli.js') || !runtime || runtime.startsWith(root))
		return { command: 'npm', args: [] };
	return { command: runtime, args: [script] };
}

/**
 * Runs a command without showing what it prints, unless it fails: then the end of it, and a StepFailed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ failure: string, env?: Record<string, string | undefined> }} options
 */
export async function quietly(command, args, { failure, env = {} }) {
	const output = [];
	const child = spawn(command, args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	child.stdout.on('data', (chunk) => output.push(chunk));
	child.stderr.on('data', (chunk) => output.push(chunk));
	const code = await ended(child).catch((error) => {
		output.push(Buffer.from(error.message));
		return 1;
	});
	if (code === 0) return;
	const tail = Buffer.concat(output).toString().trimEnd().split('\n').slice(-25).join('\n');
	throw new StepFailed(`${tail}\n\n${failure}`);
}

/** The exit code of a child; 128 and more when a signal ended it. Rejects when it could not be started. */
export function ended(child) {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
	});
}
