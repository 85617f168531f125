import type { RequestEvent } from '@sveltejs/kit';
import { paramsOf, partsOf, routeIdOf, type Operation } from '../../src/lib/api/operation.ts';
import { names, operations, type Name } from '../../src/lib/api/operations.ts';
import { whyNotEnter } from '../../src/lib/people/routes.ts';
import type { Person } from '../../src/lib/people/roles.ts';
import { createSessionCache } from '../../src/lib/people/session-cache.ts';
import { sessionCookie } from '../../src/lib/people/session-cookie.ts';
import { Refusal } from '../../src/lib/refusal.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { createLog } from '../../src/lib/server/log.ts';
import type { Outbound } from '../../src/lib/server/outbound/outbound.server.ts';
import type { Storage } from '../../src/lib/server/storage/storage.server.ts';
import { createLimits } from '../../src/lib/server/web/limits.ts';
import { problem } from '../../src/lib/server/web/problem.server.ts';
import { catalogs } from '../../src/lib/words/catalogs.ts';
import { wordsFor } from '../../src/lib/words/words.ts';
import { demoDay, personCalled } from './demo.ts';

type Handler = (event: RequestEvent) => Promise<Response>;
const routes = import.meta.glob<Record<string, Handler>>('/src/routes/api/v1/**/+server.ts');

/** Route files by their route id. */
export const routeFiles = new Map(
	Object.entries(routes).map(([file, load]) => [file.replace(/^\/src\/routes|\/\+server\.ts$/g, ''), load])
);

export interface Answered {
	status: number;
	headers: Headers;
	// Tests look into answers freely; their form is checked against the schema by the client itself.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
}

export interface Sent {
	body?: unknown;
	headers?: Record<string, string>;
	/** A browser's cookie instead of a token. */
	cookie?: boolean;
}

/** Operations that answered with success at least once, over all clients of a test file. */
export const succeeded = new Set<Name>();

interface World {
	db: Db;
	storage: Storage;
	outbound?: Pick<Outbound, 'get'>;
	now?: () => Date;
}

/**
 * Asks the API as the server would: the door of the route first, then its handler. Every answer is held against the
 * schema of its operation, strictly: what the schema does not name may not come back.
 */
export async function apiFor(world: World) {
	const limits = createLimits();
	const sessions = createSessionCache(() => Date.now());
	const words = wordsFor('en', await catalogs.en(), 'Asia/Ho_Chi_Minh');
	const log = createLog('silent');
	const services = {
		...{ limits, sessions, log, storage: world.storage, outbound: world.outbound },
		...{ env: { OUTBOUND_ALLOW: [], UPLOAD_LIMIT_MB: 1 }, now: world.now ?? (() => new Date()) }
	};
	return (person: Person | null, token = 'token') =>
		async (request: string, sent: Sent = {}): Promise<Answered> => {
			const { method, path } = partsOf(request);
			const url = new URL(`http://ruleline.test/api/v1${path}`);
			const { name, params } = operationFor(method, url.pathname.slice('/api/v1'.length));
			const event = {
				...{ url, params, route: { id: routeIdOf(name) }, getClientAddress: () => '127.0.0.1' },
				request: requestOf(method, url, sent, token),
				cookies: cookiesOf(sent.cookie ? token : undefined),
				locals: { db: world.db, person, words, locale: 'en', today: demoDay, services }
			} as unknown as RequestEvent;
			const why = whyNotEnter(person, routeIdOf(name), method);
			const response = why
				? problem(new Refusal(why, { status: person ? 403 : 401 }), words)
				: await (
						await routeFiles.get(routeIdOf(name))!()
					)[method]!(event);
			return checkedAnswer(name, response);
		};
}

export type Client = ReturnType<Awaited<ReturnType<typeof apiFor>>>;

const cast = ['compliance', 'documentation', 'lead', 'sales', 'management', 'customs', 'website', 'admin'];

/** A client for each of the demo's people, by the part of their address before the @, and for `nobody`. */
export async function castOf(world: World): Promise<Record<string, Client>> {
	const api = await apiFor(world);
	const people = await Promise.all(cast.map((name) => personCalled(world.db, name)));
	return { ...Object.fromEntries(cast.map((name, at) => [name, api(people[at]!)])), nobody: api(null) };
}

function operationFor(method: string, path: string): { name: Name; params: Record<string, string> } {
	const exact = names.find((name) => name === `${method} ${path}`);
	if (exact) return { name: exact, params: {} };
	for (const name of names) {
		const { method: own, path: template } = partsOf(name);
		const match = new RegExp(`^${template.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
		if (own !== method || !match) continue;
		const values = match.slice(1).map(decodeURIComponent);
		return { name, params: Object.fromEntries(paramsOf(name).map((param, at) => [param, values[at]!])) };
	}
	throw new Error(`no operation for ${method} ${path}`);
}

function requestOf(method: string, url: URL, { body, headers, cookie }: Sent, token: string): Request {
	const own = new Headers(headers);
	if (!cookie) own.set('authorization', `Bearer ${token}`);
	if (method === 'GET') return new Request(url, { method, headers: own });
	if (body instanceof FormData) return new Request(url, { method, headers: own, body });
	if (!own.has('content-type')) own.set('content-type', 'application/json');
	const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
	return new Request(url, { method, headers: own, body: text });
}

function cookiesOf(token: string | undefined) {
	const jar = new Map(token ? [[sessionCookie, token]] : []);
	return {
		get: (name: string) => jar.get(name),
		set: (name: string, value: string) => void jar.set(name, value),
		delete: (name: string) => void jar.delete(name)
	};
}

async function checkedAnswer(name: Name, response: Response): Promise<Answered> {
	const text = await response.text();
	const type = response.headers.get('content-type') ?? '';
	const body: unknown = type.includes('json') && !type.includes('ndjson') && text ? JSON.parse(text) : text;
	if (response.ok) {
		succeeded.add(name);
		const operation: Operation = operations[name];
		if (!type.includes('ndjson') && operation.answer) same(name, operation.answer.parse(body), body);
	}
	return { status: response.status, headers: response.headers, body };
}

function same(name: Name, named: unknown, body: unknown): void {
	const sorted = (value: unknown) => JSON.stringify(value, (_, of) => (isPlain(of) ? inOrder(of) : of));
	if (sorted(named) !== sorted(body))
		throw new Error(`${name} answers what its schema does not name: ${sorted(body)}`);
}

function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(value: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
