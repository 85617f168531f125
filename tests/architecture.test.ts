import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const lib = path.join(root, 'src/lib');

/**
 * Concepts in the order of the line from a source to money: a later one may import an earlier one, never the reverse.
 * People and the teams they form stand side by side.
 */
const line = [
	['people', 'teams'],
	['sources'],
	['changes'],
	['rules'],
	['orders'],
	['checklists'],
	['evidence']
];
const rank = (name: string) => line.findIndex((side) => side.includes(name));
/** Used by all: what happened. It names people and nothing else. */
const open = ['activity'];
/** Read everything, and are used by routes and jobs only. */
const readers = ['reports', 'api', 'demo', 'starter'];
/** Know no concept. */
const ground = ['server', 'ui', 'words'];

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file))
	.map((file) => ({ file, text: readFileSync(path.join(root, 'src', file), 'utf8') }));

/** What a file imports of ours, as paths below src/. Types count: a concept that names another depends on it. */
function imports({ file, text }: { file: string; text: string }): string[] {
	const found = [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)['"]([^'"]+)['"]/g)].map(
		(match) => match[1]!
	);
	return found.flatMap((target) => {
		if (target.startsWith('#lib/')) return [path.join('lib', target.slice(5))];
		if (target === '#env') return ['env.ts'];
		return target.startsWith('.') ? [path.join(path.dirname(file), target)] : [];
	});
}

function concept(file: string): string | null {
	const [first, second, ...rest] = file.split(path.sep);
	return first === 'lib' && rest.length ? second! : null;
}

const isServer = (file: string) => /\.server\.ts$/.test(file) || /[/\\]tables\.ts$/.test(file);
const isPure = (file: string) =>
	file.startsWith(`lib${path.sep}`) &&
	file.endsWith('.ts') &&
	!isServer(file) &&
	!file.endsWith('.svelte.ts');

describe('the arrow rule', () => {
	it('has a place for every folder of src/lib', () => {
		const folders = readdirSync(lib, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name);
		expect(
			folders.filter((name) => ![...line.flat(), ...open, ...readers, ...ground].includes(name))
		).toEqual([]);
	});

	it('points one way between concepts', () => {
		const wrong = files.flatMap((source) => {
			const own = concept(source.file);
			return imports(source).flatMap((target) => {
				const other = concept(target);
				if (!own || !other || own === other || allowed(own, other, target)) return [];
				return [`${source.file} -> ${target}`];
			});
		});
		expect(wrong).toEqual([]);
	});

	it('keeps pure modules pure: they import only pure ones', () => {
		const wrong = files
			.filter(({ file }) => isPure(file) && concept(file) !== 'server')
			.flatMap((source) =>
				runtimeImports(source)
					.filter((target) => isServer(target) || /^node:|^drizzle-orm|^postgres$/.test(target))
					.map((target) => `${source.file} -> ${target}`)
			);
		expect(wrong).toEqual([]);
	});

	it('lets only routes, jobs and the composition use the readers', () => {
		const wrong = files.flatMap((source) => {
			const own = concept(source.file);
			if (!own || readers.includes(own)) return [];
			return imports(source)
				.filter((target) => readers.includes(concept(target) ?? '') && !target.endsWith('.json'))
				.map((target) => `${source.file} -> ${target}`);
		});
		expect(wrong).toEqual([]);
	});

	it('has no barrels and no drawers for odds and ends', () => {
		const names = files.map(({ file }) => file).filter((file) => file.startsWith('lib'));
		expect(
			names.filter((file) => /(^|[/\\])(index|utils?|helpers?|misc|common)(\.|[/\\])/.test(file))
		).toEqual([]);
	});

	it('names no country, port or category in code: those are rows', () => {
		const facts = /'(VN(?!D')[A-Z]{0,3}|pcb|power_module|sensor|0\.15|gsc-trace)'/;
		const wrong = files
			.filter(({ file }) => file.startsWith('lib') && !/lib[/\\](demo|starter)/.test(file))
			.filter(({ text }) => facts.test(text));
		expect(wrong.map(({ file }) => file)).toEqual([]);
	});
});

function allowed(own: string, other: string, target: string): boolean {
	if (readers.includes(own)) return true;
	if (ground.includes(own)) return ground.includes(other) || target.endsWith('.json');
	if (ground.includes(other)) return true;
	if (own === 'activity') return ['people'].includes(other);
	if (open.includes(other)) return true;
	if (readers.includes(other)) return target.endsWith('.json');
	return rank(other) <= rank(own);
}

/** Imports that are there when it runs: `import type` vanishes. */
function runtimeImports(source: { file: string; text: string }): string[] {
	const text = source.text.replace(/import type[^;]+;/g, '');
	const bare = [...text.matchAll(/from\s+['"]([^'".#][^'"]*)['"]/g)].map((match) => match[1]!);
	return [...imports({ file: source.file, text }), ...bare];
}
