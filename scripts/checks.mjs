// Every check of `npm test`, in order. None stops the others; the last line counts them all.
//   npm test -- --only unit,journeys        some of them: lint, check, unit, postgres, journeys
//   npm test -- --only unit src/lib/orders  and of those only files whose path contains a text
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startThrowawayPostgres } from '../tests/support/postgres.ts';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { StepFailed } from './install.mjs';
import { asOne, playwright, tool, vitest } from './counted.mjs';

const { values, positionals: filters } = parseArgs({
	options: { only: { type: 'string' } },
	allowPositionals: true
});
const scratch = mkdtempSync(path.join(tmpdir(), 'ruleline-test-'));
const embedded = { TEST_DATABASE_URL: undefined };
const databaseTests = ['.db.test.ts', 'tests/postgres/'];
const withoutPostgres = '--exclude=tests/postgres/**';

/** What each check is, under the name --only takes. `run` answers how much passed and failed, or why it was not run. */
const checks = [
	{
		name: 'lint',
		title: 'Format and lint',
		run: async () => {
			const formatted = await tool('prettier', '--check', '.');
			return asOne((await tool('eslint', '.')) && formatted);
		}
	},
	{
		name: 'check',
		title: 'Types',
		run: async () => asOne(await tool('svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'))
	},
	{
		name: 'unit',
		title: 'Unit and database tests, embedded database',
		run: () => vitest(scratch, embedded, withoutPostgres, ...filters)
	},
	{
		name: 'postgres',
		title: 'Database tests, PostgreSQL',
		run: () =>
			onPostgres((url) =>
				vitest(scratch, { TEST_DATABASE_URL: url }, ...(filters.length > 0 ? filters : databaseTests))
			)
	},
	{ name: 'journeys', title: 'Build', run: built },
	{
		name: 'journeys',
		title: 'Browser tests, embedded database',
		run: async () => {
			await ensureBrowser();
			return playwright(scratch, embedded, ...filters);
		}
	},
	{
		name: 'journeys',
		title: 'Browser tests, PostgreSQL',
		run: () =>
			onPostgres((url) => playwright(scratch, { TEST_DATABASE_URL: url }, '--grep=@postgres', ...filters))
	}
];

async function built() {
	await ensureBuilt();
	return asOne(true);
}

let server;

async function onPostgres(run) {
	if (process.env.TEST_DATABASE_URL) return run(process.env.TEST_DATABASE_URL);
	server ??= await startThrowawayPostgres();
	if ('url' in server) return run(server.url);
	return {
		passed: 0,
		failed: 0,
		notRun: `${server.missing} Set TEST_DATABASE_URL to run them on a server of yours.`
	};
}

async function resultOf({ title, run }) {
	console.log(`\n=== ${title} ===`);
	try {
		return await run();
	} catch (error) {
		console.error(error instanceof StepFailed ? error.message : error);
		return asOne(false);
	}
}

function summary({ title, passed, failed, notRun, seconds }) {
	const outcome = notRun ? `NOT RUN: ${notRun}` : `${passed} passed, ${failed} failed (${seconds} s)`;
	return `${failed > 0 ? 'FAILED ' : ''}${title}: ${outcome}`;
}

function chosen() {
	const known = [...new Set(checks.map(({ name }) => name))];
	const names = values.only?.split(',') ?? known;
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== undefined)
		throw new StepFailed(`There is no check "${unknown}", only ${known.join(', ')}.`);
	return checks.filter(({ name }) => names.includes(name));
}

async function runAll() {
	const results = [];
	// Makes the tsconfig that ours extends and the types of the routes: every check reads them.
	await tool('svelte-kit', 'sync');
	for (const check of chosen()) {
		const begun = Date.now();
		const result = await resultOf(check);
		results.push({ title: check.title, ...result, seconds: Math.round((Date.now() - begun) / 1000) });
	}
	console.log(`\n=== Together ===\n${results.map(summary).join('\n')}`);
	return results;
}

const total = (results, key) => results.reduce((sum, result) => sum + result[key], 0);

try {
	const results = await runAll();
	const failed = total(results, 'failed');
	console.log(`${total(results, 'passed')} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
	console.error(error instanceof StepFailed ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
} finally {
	await server?.stop?.();
	rmSync(scratch, { recursive: true, force: true });
}
