import { randomUUID } from 'node:crypto';
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { whyNotAnywhere } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { sessionCookie } from '#lib/people/session-cookie.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import {
	answered,
	bearerOf,
	checked,
	fieldsOf,
	readJson,
	refuseOtherSites,
	versionAsked
} from '#lib/server/web/api.server.ts';
import { problem } from '#lib/server/web/problem.server.ts';
import { readUpload, type Upload } from '#lib/server/web/upload.server.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import { once } from './idempotency.server.ts';
import type { Operation } from './operation.ts';
import { operations, type Name, type Operated } from './operations.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What an endpoint is given, decoded and checked. */
export interface Asked<O> {
	event: RequestEvent;
	db: Db;
	/** Whoever is signed in. Only an operation that is `public` may find nobody. */
	person: O extends { may: 'public' } ? Person | null : Person;
	words: Words;
	/** The business day. */
	today: PlainDate;
	/** A number of the address; what is no number is the id of nothing. */
	id(param?: string): number;
	param(name: string): string;
	query: Parsed<O extends { query: infer Query } ? Query : undefined>;
	body: Parsed<O extends { body: infer Body } ? Body : undefined>;
	/** The version the person looked at. */
	version: O extends { changes: true } ? number : undefined;
	/** The file that came with the fields, in storage already. */
	file: Upload | null;
}

type Answer<O> = O extends { answer: infer Schema extends z.ZodType } ? z.output<Schema> : void;

/** What every endpoint knows of its request: enough to read the record it is about. */
export type Given = Omit<Asked<{ may: 'api.use' }>, 'query' | 'body' | 'version' | 'file'>;

/**
 * An endpoint of one shape: decode, validate, do, respond. Every refusal is a problem in the person's language, every
 * fault one with an id; a POST that names itself is done once. `now` reads the record for who looked at an older one.
 */
export function endpoint<K extends Name>(
	name: K,
	act: (asked: Asked<Operated<K>>) => Promise<Answer<Operated<K>> | Response>,
	...[now]: Operated<K> extends { changes: true } ? [now: (given: Given) => Promise<unknown>] : []
) {
	const operation: Operation = operations[name];
	return async (event: RequestEvent): Promise<Response> => {
		try {
			return await serve(event, operation, act as never);
		} catch (thrown) {
			if (thrown instanceof Refusal) return refusedWith(event, thrown, now);
			if (isHttpError(thrown) || isRedirect(thrown)) throw thrown;
			return fault(event, thrown);
		}
	};
}

/** Who was second gets the record as the API shows it, not the row that the domain holds. */
async function refusedWith(
	event: RequestEvent,
	refusal: Refusal,
	now?: (given: Given) => Promise<unknown>
): Promise<Response> {
	if (refusal.current === undefined || !now) return problem(refusal, event.locals.words);
	const { key, args, status, fields } = refusal;
	const current = await now(given(event) as Given);
	return problem(new Refusal(key, { args, status, fields, current }), event.locals.words);
}

type Act = (asked: Asked<Operation>) => Promise<unknown>;

async function serve(event: RequestEvent, operation: Operation, act: Act): Promise<Response> {
	const { request, url, locals } = event;
	refuseOtherSites(request, url, broughtToken(event));
	insistMay(locals.person, operation);
	const query = operation.query && checked(operation.query, Object.fromEntries(url.searchParams));
	const { fields, file } = await bodyOf(event, operation);
	const version = operation.changes && versionAsked(request, fields ?? versionIn(url));
	const body = operation.body && checked(operation.body, withoutVersion(fields, operation));
	const work = async () => {
		const asked = { ...given(event), query, body, version, file };
		const answer = await act(asked as unknown as Asked<Operation>);
		return answer instanceof Response ? answer : answered(answer, operation.status);
	};
	const key = request.headers.get('idempotency-key');
	if (key === null || request.method !== 'POST' || !locals.person || operation.secret) return work();
	const about = { person: locals.person.id, route: `POST ${url.pathname}`, key, now: locals.services.now() };
	return once(locals.db, { ...about, asked: [fields, version, file?.sha256] }, work);
}

function given(event: RequestEvent) {
	const { locals, params } = event;
	const param = (name: string) => (params as Record<string, string | undefined>)[name] ?? '';
	return {
		...{ event, param, db: locals.db, person: locals.person, words: locals.words, today: locals.today },
		id: (name = 'id') => (/^\d{1,9}$/.test(param(name)) ? Number(param(name)) : 0)
	};
}

/** A cookie wins over a token in the header, so a request with both is a browser's. */
function broughtToken({ request, cookies }: RequestEvent): boolean {
	return !cookies.get(sessionCookie) && bearerOf(request) !== undefined;
}

function insistMay(person: Person | null, { may }: Operation): void {
	const why = may === 'public' ? null : whyNotAnywhere(person, may);
	if (why) throw new Refusal(why, { status: person ? 403 : 401 });
}

async function bodyOf({ request, locals }: RequestEvent, operation: Operation) {
	if (request.method === 'GET') return { fields: undefined, file: null };
	const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');
	if (!isForm || !operation.upload) return { fields: await readJson(request), file: null };
	const { storage, env } = locals.services;
	const form = await readUpload(request, storage, { maxBytes: env.UPLOAD_LIMIT_MB * 1_048_576 });
	const [refusal] = Object.values(form.refusals);
	if (refusal) throw refusal;
	return { fields: fieldsOf(form.values), file: Object.values(form.files)[0] ?? null };
}

/** A DELETE has no body to speak of: its version may stand in the address. */
function versionIn({ searchParams }: URL) {
	return { version: Number(searchParams.get('version') ?? Number.NaN) || undefined };
}

function withoutVersion(fields: unknown, { changes }: Operation): unknown {
	if (!changes || typeof fields !== 'object' || fields === null) return fields;
	const { version: _version, ...rest } = fields as Record<string, unknown>;
	return rest;
}

/** Ours to mend: the log has it under the id that the answer names. */
function fault({ locals, url }: RequestEvent, thrown: unknown): Response {
	const id = randomUUID().slice(0, 8);
	locals.services.log.error({ err: thrown, id, path: url.pathname }, 'a request failed');
	return problem(new Refusal('error.ours', { status: 500 }), locals.words, { id });
}
