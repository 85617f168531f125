// `npm test`: installs what is missing, then runs every check on our own Node. Node 20 and no dependency.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ended, ensureInstalled, node, root, StepFailed } from './install.mjs';

try {
	await ensureInstalled();
	const checks = [path.join(root, 'scripts/checks.mjs'), ...process.argv.slice(2)];
	const child = spawn(node, checks, { cwd: root, stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	process.exitCode = await ended(child);
} catch (error) {
	if (!(error instanceof StepFailed)) throw error;
	console.error(`${error.message}\n0 passed, 1 failed`);
	process.exitCode = 1;
}
