// The tools `npm test` runs, and how much of what they ran passed and failed.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ended, root } from './install.mjs';

/** A check that counts as one, however much it looks at. */
export function asOne(good) {
	return { passed: good ? 1 : 0, failed: good ? 0 : 1 };
}

/** Whether an installed command ended well; its output is shown. */
export async function tool(name, ...args) {
	return (await run({}, name, args)) === 0;
}

async function run(env, name, args) {
	const child = spawn(path.join(root, 'node_modules/.bin', name), args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit']
	});
	return ended(child);
}

export async function vitest(scratch, env, ...args) {
	const file = path.join(scratch, `${randomUUID()}.json`);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const code = await run(env, 'vitest', ['run', ...reporters, ...args]);
	return counted(code, file, (report) => ({
		passed: report.numPassedTests,
		// A file that could not be loaded has no tests to count, and is one failure.
		failed: report.numFailedTests + report.testResults.filter(couldNotLoad).length
	}));
}

function couldNotLoad({ status, assertionResults }) {
	return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

export async function playwright(scratch, env, ...args) {
	const file = path.join(scratch, `${randomUUID()}.json`);
	const reporting = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
	const code = await run(reporting, 'playwright', ['test', '--reporter=list,json', ...args]);
	return counted(code, file, ({ stats, errors }) => ({
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + errors.length
	}));
}

// A tool that ended badly without naming a failed test (a crash, nothing found to run) is one failure.
function counted(code, file, read) {
	const { passed, failed } = existsSync(file)
		? read(JSON.parse(readFileSync(file, 'utf8')))
		: { passed: 0, failed: 0 };
	return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}
