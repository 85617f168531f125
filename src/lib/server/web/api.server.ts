import type { z } from 'zod';
import { Refusal } from '#lib/refusal.ts';
import type { MessageKey } from '#lib/words/words.ts';

const mostBytes = 1024 * 1024;

/**
 * The JSON of a request; an empty body is an empty object.
 * @throws Refusal 400 no JSON, 413 over 1 MB, 415 another media type
 */
export async function readJson(request: Request): Promise<unknown> {
	const text = await readText(request);
	if (text === '') return {};
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
		throw new Refusal('api.not_json_type', { status: 415 });
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal('api.not_json', { status: 400 });
	}
}

/** Stops reading at the limit, whatever the request says of its length. */
async function readText(request: Request): Promise<string> {
	if (!request.body) return '';
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
		size += chunk.byteLength;
		if (size > mostBytes) throw new Refusal('api.too_large', { status: 413, args: { mb: 1 } });
		chunks.push(chunk);
	}
	return new TextDecoder().decode(Buffer.concat(chunks));
}

/** @throws Refusal 400 with a sentence for each field that does not hold */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const fields: Refusal['fields'] = {};
	for (const issue of parsed.error.issues) {
		for (const path of pathsOf(issue)) fields[path] ??= { key: keyOf(issue, value) };
	}
	throw new Refusal('form.check_fields', { status: 400, fields });
}

/** A field nobody knows is named itself, not the object it stands in. */
function pathsOf(issue: z.core.$ZodIssue): string[] {
	if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key].join('.'));
	return [issue.path.join('.') || 'body'];
}

function keyOf(issue: z.core.$ZodIssue, value: unknown): MessageKey {
	if (/^[a-z_]+(\.[a-z_]+)+$/.test(issue.message)) return issue.message as MessageKey;
	if (issue.code === 'unrecognized_keys') return 'api.unknown_field';
	if (issue.code === 'too_big') return 'form.field_too_long';
	const given = issue.path.reduce<unknown>(
		(at, name) => (at as Record<PropertyKey, unknown> | null)?.[name],
		value
	);
	const empty = given === undefined || given === '';
	return empty && issue.path.length > 0 ? 'form.field_required' : 'form.field_wrong';
}

/** The texts of a form as the JSON they stand for: `declared.unit` is a field of `declared`, a blank one is left out. */
export function fieldsOf(values: Record<string, string | string[]>): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(values)) {
		if (value === '') continue;
		const [first, ...rest] = name.split('.');
		const whole = typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) && wholeNumbers.has(name);
		const typed = whole ? Number(value) : value;
		if (!rest.length) fields[first!] = typed;
		else fields[first!] = { ...(fields[first!] as object | undefined), [rest.join('.')]: typed };
	}
	return fields;
}

/** Forms know texts only; these fields are numbers. */
const wholeNumbers = new Set(['version', 'reuse']);

/**
 * The version a person looked at: of `If-Match`, else of the body's `version`.
 * @throws Refusal 428 without either, 400 when it is no version
 */
export function versionAsked(request: Request, body: unknown): number {
	const header = request.headers.get('if-match');
	const given = header === null ? (body as { version?: unknown } | null)?.version : unquoted(header);
	if (given === undefined || given === null || given === '*')
		throw new Refusal('api.version_missing', { status: 428 });
	if (/^[1-9]\d{0,8}$/.test(String(given))) return Number(given);
	throw new Refusal('form.check_fields', { status: 400, fields: { version: { key: 'form.field_wrong' } } });
}

function unquoted(tag: string): number | string {
	const version = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(tag)?.[1];
	return version === undefined ? tag.trim() : Number(version);
}

/**
 * Refuses what another site makes a browser send. Kit looks at form types only; a cookie goes along with JSON as well.
 * A request that brings a token of its own needs no such care, and one that names no origin comes from no browser.
 * @throws Refusal 403
 */
export function refuseOtherSites(request: Request, url: URL, byToken: boolean): void {
	if (byToken || request.method === 'GET' || request.method === 'HEAD') return;
	const site = request.headers.get('sec-fetch-site');
	const origin = request.headers.get('origin');
	if (site !== null ? site === 'same-origin' || site === 'none' : origin === null || origin === url.origin)
		return;
	throw new Refusal('api.other_site', { status: 403 });
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(request: Request): string | undefined {
	return /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** JSON, never kept by what lies between. */
export function answered(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
	if (status === 204) return new Response(null, { status });
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }
	});
}

/** One JSON value a line, written as it is read; stops reading when the reader goes. */
export function ndjson(rows: AsyncIterable<unknown>, fileName: string): Response {
	const lines = rows[Symbol.asyncIterator]();
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value, done } = await lines.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
		},
		async cancel() {
			await lines.return?.();
		}
	});
	return new Response(body, {
		headers: {
			'content-type': 'application/x-ndjson',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store'
		}
	});
}
