import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { permissionFor, routePolicy, whyNotEnter } from './routes.ts';

const root = path.join(import.meta.dirname, '../../routes');

/** Every page and every method of every endpoint, as the policy names them. */
const present = readdirSync(root, { recursive: true })
	.map(String)
	.flatMap((file) => {
		const id = `/${path.dirname(file).split(path.sep).join('/')}`.replace(/^\/\.$/, '/');
		if (/^\+page(@[^.]*)?\.(svelte|ts|server\.ts)$/.test(path.basename(file))) return [{ id, method: '' }];
		if (path.basename(file) !== '+server.ts') return [];
		return methodsOf(readFileSync(path.join(root, file), 'utf8')).map((method) => ({ id, method }));
	});

function methodsOf(source: string): string[] {
	const exported = source.matchAll(
		/export\s+(?:async\s+)?(?:const|function)\s+(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)\b/g
	);
	const listed = [...source.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, names]) =>
		[...names!.matchAll(/\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)\b/g)].map(([, name]) => name!)
	);
	return [...[...exported].map(([, method]) => method!), ...listed];
}

test('every route says who may open it', () => {
	expect(present.length).toBeGreaterThan(0);
	const forgotten = present.filter(({ id, method }) => {
		const exact = method ? `${method} ${id}` : id;
		return !id.startsWith('/(public)/') && !(exact in routePolicy);
	});
	expect(forgotten.map(({ id, method }) => `${method} ${id}`.trim())).toEqual([]);
});

test('an endpoint exports at least one method', () => {
	const endpoints = readdirSync(root, { recursive: true }).filter((file) =>
		String(file).endsWith('+server.ts')
	);
	for (const file of endpoints) {
		expect(methodsOf(readFileSync(path.join(root, String(file)), 'utf8')), String(file)).not.toEqual([]);
	}
});

test('a route nobody listed is refused, whoever asks', () => {
	const admin = { id: 1, email: '', name: '', locale: 'en' as const, roles: ['admin' as const], teams: [] };
	expect(permissionFor('/(app)/vault')).toBeNull();
	expect(whyNotEnter(admin, '/(app)/vault')).toBe('refusal.role');
	expect(whyNotEnter(null, '/(app)/vault')).toBe('refusal.sign_in');
	expect(whyNotEnter(admin, '/preferences', 'GET')).toBe('refusal.role');
});

test('public pages and addresses that do not exist are open to all', () => {
	expect(whyNotEnter(null, '/(public)/sign-in')).toBeNull();
	expect(whyNotEnter(null, null)).toBeNull();
	expect(whyNotEnter(null, '/healthz', 'HEAD')).toBeNull();
	expect(whyNotEnter(null, '/(app)/orders')).toBe('refusal.sign_in');
});
