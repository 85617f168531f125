import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApi } from '#lib/api/document.ts';
import { partsOf, routeIdOf, type Operation } from '#lib/api/operation.ts';
import { names, operations, resources } from '#lib/api/operations.ts';
import { may, mayAnywhere, type Permission } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { permissionFor, whyNotEnter } from '#lib/people/routes.ts';
import { routeFiles } from '../support/api.ts';

const rest = '/api/v1/[...rest]';

/** `METHOD /path` of each handler, as its own file says, with the file's route id. */
const handlers = [...routeFiles.keys()]
	.filter((id) => id !== rest)
	.flatMap((id) => {
		const source = readFileSync(path.join(import.meta.dirname, '../../src/routes', id, '+server.ts'), 'utf8');
		const found = source.matchAll(/export const (\w+) = endpoint\(\s*'([^']+)'/g);
		return [...found].map(([, method, name]) => ({ id, method: method!, name: name! }));
	});

describe('the table of the API', () => {
	it('has a handler for each operation, at its own address and method, and no handler besides', () => {
		expect(handlers.map(({ name }) => name).sort()).toEqual([...names].sort());
		for (const { id, method, name } of handlers)
			expect([routeIdOf(name), partsOf(name).method]).toEqual([id, method]);
	});

	it('names every operation under one resource', () => {
		const listed = Object.values(resources).flatMap((of) => Object.keys(of));
		expect(listed.sort()).toEqual([...names].sort());
	});

	it('asks for a version wherever a record that is there is changed or removed', () => {
		for (const name of names) {
			const { method, path: at } = partsOf(name);
			const changing = method === 'PATCH' || (method === 'DELETE' && at !== '/sessions/current');
			if (changing) expect([name, (operations[name] as Operation).changes]).toEqual([name, true]);
		}
	});

	it('answers every list in pages', () => {
		for (const name of names) {
			const { answer, query } = operations[name] as Operation & { query?: { shape: object } };
			const shape = (answer as { shape?: { next?: object } } | undefined)?.shape;
			if (shape?.next && name !== 'GET /orders/:number/checklist')
				expect([name, Object.keys(query!.shape)]).toEqual([
					name,
					expect.arrayContaining(['limit', 'cursor'])
				]);
		}
	});
});

const someone = { id: 1, email: '', name: '', locale: 'en' } as const;
const cast: Record<string, Person | null> = {
	nobody: null,
	admin: { ...someone, roles: ['admin'], teams: [] },
	compliance: { ...someone, roles: ['compliance'], teams: [] },
	management: { ...someone, roles: ['management'], teams: [] },
	lead: { ...someone, roles: [], teams: [{ team: 'documentation', lead: true }] },
	member: { ...someone, roles: [], teams: [{ team: 'sales', lead: false }] },
	teamless: { ...someone, roles: [], teams: [] }
};

describe.each(Object.entries(cast))('%s', (_, person) => {
	it.each(names)('is let to %s as the policy says', (name) => {
		const { may: permission } = operations[name] as Operation;
		const { method } = partsOf(name);
		expect(permissionFor(routeIdOf(name), method)).toBe(permission);
		const why = whyNotEnter(person, routeIdOf(name), method);
		if (permission === 'public') expect(why).toBeNull();
		else if (!person) expect(why).toBe('refusal.sign_in');
		else expect(why === null).toBe(allowed(person, permission));
	});
});

/** The policy once more, from the other end: with each team a person is in. */
function allowed(person: Person, permission: Permission): boolean {
	const teams = person.teams.map(({ team }) => ({ team }));
	const anywhere = [{}, ...teams].some((about) => may(person, permission, about));
	expect(mayAnywhere(person, permission)).toBe(anywhere);
	return anywhere;
}

describe('the OpenAPI document', () => {
	interface Described {
		operationId: string;
		summary: string;
		parameters: { name: string; in: string; schema: object }[];
		requestBody?: { content: Record<string, { schema: object }> };
		responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
	}
	const document = openApi() as unknown as {
		openapi: string;
		paths: Record<string, Record<string, Described>>;
		components: { schemas: Record<string, object> };
	};
	const described = Object.entries(document.paths).flatMap(([at, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ at, method, operation }))
	);

	it('describes every operation once', () => {
		expect(document.openapi).toBe('3.1.0');
		expect(described).toHaveLength(names.length);
		expect(new Set(described.map(({ operation }) => operation.operationId)).size).toBe(names.length);
	});

	it('gives every operation a summary, an answer with a schema, and every parameter of its address', () => {
		for (const { at, method, operation } of described) {
			expect(operation.summary, `${method} ${at}`).toMatch(/\.$/);
			const inPath = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name);
			expect(inPath).toEqual([...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
			const [status, answer] = Object.entries(operation.responses).find(([code]) => code.startsWith('2'))!;
			expect(answer.content === undefined, `${method} ${at}`).toBe(status === '204');
			for (const { schema } of Object.values(answer.content ?? {}))
				expect(Object.keys(schema)).not.toEqual([]);
			if (['post', 'patch'].includes(method) && !at.endsWith('/poll'))
				expect(operation.requestBody?.content['application/json'], `${method} ${at}`).toBeDefined();
		}
	});

	it('refers only to schemas that are there, and to each of them', () => {
		const text = JSON.stringify(document);
		const used = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!));
		expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
		expect(text).not.toContain('$defs');
	});

	it('says that unknown fields are refused', () => {
		for (const { at, method, operation } of described) {
			const schema = operation.requestBody?.content['application/json']?.schema;
			if (schema)
				expect([method, at, schema]).toEqual([
					method,
					at,
					expect.objectContaining({ additionalProperties: false })
				]);
		}
	});
});
