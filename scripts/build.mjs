// Builds the server when the build is older than what it is made from. Node 20 and no dependency of its own.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node, quietly, root, StepFailed } from './install.mjs';

const madeFrom = [
	'src',
	'static',
	'drizzle',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'scripts/template.mjs'
];
const stampFile = path.join(root, 'build/made-from.sha256');

/** Builds unless the build at hand was made from exactly these sources. */
export async function ensureBuilt() {
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()) return;
	console.log('Building, once ...');
	await build();
}

async function build() {
	const made = fingerprint();
	const failure = 'The build failed: see the lines above.';
	const env = { NODE_ENV: 'production' };
	await quietly(node, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build'], { failure, env });
	await quietly(node, [path.join(root, 'scripts/template.mjs')], { failure, env });
	// Written last: an interrupted build has no stamp and is made again.
	writeFileSync(stampFile, made);
}

// By content, not by time: a checkout, a copy or an archive changes times without changing a byte.
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of madeFrom.flatMap(filesOf)) {
		hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
	}
	return hash.digest('hex');
}

function filesOf(entry) {
	const found = statSync(path.join(root, entry), { throwIfNoEntry: false });
	if (!found || entry.endsWith('.test.ts')) return [];
	if (!found.isDirectory()) return [entry];
	const names = readdirSync(path.join(root, entry)).sort();
	return names.flatMap((name) => filesOf(path.join(entry, name)));
}

if (process.argv[1] === import.meta.filename) {
	await build().catch((error) => {
		if (!(error instanceof StepFailed)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	});
}
