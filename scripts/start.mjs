// `npm start`: installs and builds what is missing, then serves. Node 20 and no dependency.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ended, ensureInstalled, node, root, StepFailed } from './install.mjs';

// A small young generation halves the memory under load and costs no measurable time.
const memory = ['--max-semi-space-size=8'];
const settings = path.join(root, '.env');

function serve() {
	const flags = existsSync(settings) ? [...memory, `--env-file=${settings}`] : memory;
	const child = spawn(node, [...flags, path.join(root, 'scripts/serve.mjs')], {
		cwd: root,
		stdio: 'inherit'
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			child.kill(signal);
			// The server stops within 5 s; one that hangs must not outlive this.
			setTimeout(() => child.kill('SIGKILL'), 6000).unref();
		});
	}
	return ended(child);
}

try {
	await ensureInstalled();
	await ensureBuilt();
	process.exitCode = await serve();
} catch (error) {
	if (!(error instanceof StepFailed)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
