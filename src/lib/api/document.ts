import { z } from 'zod';
import { operations } from './operations.ts';
import { apiRoot, paramsOf, partsOf, templateOf, type Operation } from './operation.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that routes validate with. */
export function openApi(): Json {
	const schemas: Json = { Problem: problemSchema };
	const paths: Record<string, Json> = {};
	for (const [name, operation] of Object.entries(operations) as [string, Operation][]) {
		const { method } = partsOf(name);
		(paths[templateOf(name)] ??= {})[method.toLowerCase()] = described(name, operation, schemas);
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Ruleline', version: '1', description: introduction },
		servers: [{ url: apiRoot }],
		security: [{ session: [] }, { token: [] }],
		paths,
		components: {
			schemas,
			responses: refusals(),
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: 'ruleline_session' },
				token: { type: 'http', scheme: 'bearer' }
			}
		}
	};
}

const introduction = [
	'Sign in with `POST /sessions`; send the cookie, or the token as `Authorization: Bearer`. With a cookie, what changes something has to come from the same origin.',
	'Lists take `limit` and `cursor` and answer `next`. Every record has an `id` and a `version`; whoever changes one sends the version as `If-Match` or in the body (428 without, 412 with the record as it is now when it is older).',
	'`Idempotency-Key` on a POST: the same key, person and address within 24 hours get the first answer again (422 with another body, 409 while there is no answer yet). Only success is kept. Signing in does not look at it.',
	'Errors are `application/problem+json` with a stable `code` and a `title` in the language of the account or of `Accept-Language`. A field that is not known is refused. Times are UTC, days are business days, money is `{"amount": "123.45", "currency": "USD"}`; texts that people wrote come in the languages they were written in.'
].join('\n\n');

const problemSchema = {
	type: 'object',
	required: ['type', 'status', 'code', 'title'],
	properties: {
		type: { type: 'string' },
		status: { type: 'integer' },
		code: { type: 'string', description: 'Stable: programs decide by it.' },
		title: { type: 'string', description: 'For people.' },
		errors: { type: 'object', additionalProperties: { type: 'string' }, description: 'By field.' },
		current: { description: 'The record as it is now (412).' },
		id: { type: 'string', description: 'What the log of the server has it under (500).' }
	}
};

function described(name: string, operation: Operation, schemas: Json): Json {
	const { summary, detail, may } = operation;
	const permission = may === 'public' ? 'Needs no account.' : `Needs the permission \`${may}\`.`;
	const body = requestBody(operation, schemas);
	return {
		operationId: name
			.replace(/[^A-Za-z]+/g, '_')
			.replace(/_$/, '')
			.toLowerCase(),
		tags: [name.split('/')[1]],
		summary,
		description: [detail, permission].filter(Boolean).join('\n\n'),
		...(may === 'public' ? { security: [] } : {}),
		parameters: [...inPath(name), ...inQuery(operation, schemas), ...inHeader(name, operation)],
		...(body && { requestBody: body }),
		responses: responses(name, operation, schemas)
	};
}

function inPath(name: string): Json[] {
	return paramsOf(name).map((param) => {
		const number = param === 'id' || name.startsWith('GET /rule-versions/');
		return { name: param, in: 'path', required: true, schema: { type: number ? 'integer' : 'string' } };
	});
}

function inQuery({ query }: Operation, schemas: Json): Json[] {
	if (!query) return [];
	const { properties, required = [] } = schemaOf(query, 'input', schemas) as {
		properties: Record<string, Json>;
		required?: string[];
	};
	return Object.entries(properties).map(([name, { description, ...schema }]) => ({
		...{ name, in: 'query', required: required.includes(name) },
		...(description ? { description } : {}),
		schema
	}));
}

function inHeader(name: string, { changes, secret }: Operation): Json[] {
	const text = { type: 'string' };
	return [
		...(changes
			? [
					{
						name: 'If-Match',
						in: 'header',
						description: 'The version, instead of `version` in the body.',
						schema: text
					}
				]
			: []),
		...(name.startsWith('POST ') && !secret ? [{ name: 'Idempotency-Key', in: 'header', schema: text }] : [])
	];
}

function requestBody({ body, changes, upload }: Operation, schemas: Json): Json | null {
	if (!body) return null;
	const schema = schemaOf(body, 'input', schemas) as { properties?: Json; required?: string[] };
	const version = { type: 'integer', minimum: 1, description: 'Or `If-Match`.' };
	const whole = changes ? { ...schema, properties: { ...schema.properties, version } } : schema;
	const file = { type: 'string', format: 'binary' };
	const form = { ...whole, properties: { ...whole.properties, file } };
	return {
		required: !!schema.required?.length,
		content: {
			'application/json': { schema: whole },
			...(upload ? { 'multipart/form-data': { schema: form } } : {})
		}
	};
}

function responses(name: string, operation: Operation, schemas: Json): Json {
	const { answer, status = 200, media } = operation;
	const schema = answer && schemaOf(answer, 'output', schemas);
	const content = schema && {
		'application/json': { schema },
		...(media ? { [media]: { schema: { type: 'string' } } } : {})
	};
	return {
		[status]: { description: said[status]!, ...(content && { content }) },
		...Object.fromEntries(
			refusalsOf(name, operation).map((code) => [code, { $ref: `#/components/responses/${code}` }])
		)
	};
}

const said: Record<number, string> = {
	200: 'As asked.',
	201: 'Added.',
	202: 'Carried out.',
	204: 'Done.',
	400: 'Something is missing or does not fit.',
	401: 'Nobody is signed in.',
	403: 'This person may not.',
	404: 'There is no such record.',
	409: 'Its state does not allow it, or it is there already.',
	412: 'Somebody else was first; `current` is the record now.',
	413: 'Too large.',
	415: 'A media type that is not taken.',
	422: 'The key was used for something else.',
	428: 'The version is missing.',
	429: 'Too many attempts.'
};

/** Every refusal is a problem: said once, and named where it may happen. */
function refusals(): Json {
	const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
	const codes = Object.entries(said).filter(([code]) => Number(code) >= 400);
	return Object.fromEntries(codes.map(([code, description]) => [code, { description, content }]));
}

function refusalsOf(name: string, { may, query, body, changes, upload, secret }: Operation): number[] {
	const post = name.startsWith('POST ');
	return [
		...(query || body ? [400] : []),
		...(may === 'public' ? [] : [401, 403]),
		...(name.includes(':') ? [404] : []),
		...(post || changes ? [409] : []),
		...(changes ? [412, 428] : []),
		...(body ? [413, 415] : upload ? [415] : []),
		...(post && !secret ? [422] : []),
		...(secret ? [429] : [])
	];
}

/** The JSON Schema of a zod schema; what has a name goes among the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
	const { $defs, properties } = rewritten(
		z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any', target: 'draft-2020-12' })
	) as { $defs?: Json; properties: { it: Json } };
	Object.assign(schemas, $defs);
	return properties.it;
}

function rewritten(schema: unknown): unknown {
	return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
