import { openApi } from './document.ts';

export interface Field {
	name: string;
	/** `path`, `query` or `body`; empty in a record. */
	where: string;
	type: string;
	needed: boolean;
	meaning: string;
}

export interface Reference {
	/** Anchor in the page. */
	id: string;
	method: string;
	path: string;
	summary: string;
	detail: string;
	sends: Field[];
	/** What comes back, in a word; a named schema has an anchor. */
	answers: { status: string; type: string } | null;
	refusals: string[];
}

export interface Section {
	name: string;
	operations: Reference[];
}

export interface Named {
	name: string;
	meaning: string;
	fields: Field[];
}

interface Schema {
	type?: string | string[];
	$ref?: string;
	enum?: unknown[];
	const?: unknown;
	anyOf?: Schema[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	format?: string;
	description?: string;
}

type Content = { content?: Record<string, { schema: Schema }> };

interface Described {
	operationId: string;
	tags: string[];
	summary: string;
	description: string;
	parameters: { name: string; in: string; required?: boolean; description?: string; schema: Schema }[];
	requestBody?: Content;
	responses: Record<string, Content>;
}

/** The OpenAPI document as a page shows it: nothing is said here that the document does not say. */
export function reference(): { introduction: string; sections: Section[]; schemas: Named[] } {
	const document = openApi() as unknown as {
		info: { description: string };
		paths: Record<string, Record<string, Described>>;
		components: { schemas: Record<string, Schema> };
	};
	const sections = new Map<string, Reference[]>();
	for (const [path, methods] of Object.entries(document.paths)) {
		for (const [method, one] of Object.entries(methods)) {
			const own = sections.get(one.tags[0]!) ?? [];
			sections.set(one.tags[0]!, [...own, referenceOf(method, path, one)]);
		}
	}
	return {
		introduction: document.info.description,
		sections: [...sections].map(([name, operations]) => ({ name, operations })),
		schemas: Object.entries(document.components.schemas).map(([name, schema]) => ({
			...{ name, meaning: schema.description ?? '', fields: fieldsOf(schema) }
		}))
	};
}

function referenceOf(method: string, path: string, one: Described): Reference {
	const parameters = one.parameters
		.filter((parameter) => parameter.in !== 'header')
		.map(({ name, in: where, required, description, schema }) => ({
			...{ name, where, type: typeOf(schema), needed: required ?? false, meaning: description ?? '' }
		}));
	const forms = one.requestBody?.content ?? {};
	const body = (forms['multipart/form-data'] ?? forms['application/json'])?.schema;
	const [status, answer] = Object.entries(one.responses).find(([code]) => code.startsWith('2'))!;
	const schema = answer.content?.['application/json']?.schema;
	return {
		...{
			id: one.operationId,
			method: method.toUpperCase(),
			path,
			summary: one.summary,
			detail: one.description
		},
		sends: [...parameters, ...(body ? fieldsOf(body, 'body') : [])],
		answers: schema ? { status, type: typeOf(schema) } : { status, type: '' },
		refusals: Object.keys(one.responses).filter((code) => Number(code) >= 400)
	};
}

function fieldsOf({ properties = {}, required = [] }: Schema, where = ''): Field[] {
	return Object.entries(properties).map(([name, schema]) => ({
		...{
			name,
			where,
			type: typeOf(schema),
			needed: required.includes(name),
			meaning: schema.description ?? ''
		}
	}));
}

/** A schema in a word: `integer or null`, `list of Claim`, `"draft" or "published"`. */
function typeOf(schema: Schema): string {
	if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
	if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
	if ('const' in schema) return JSON.stringify(schema.const);
	if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
	if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items)}` : 'list';
	const page = schema.properties?.items;
	if (page && schema.properties?.next) return `page of ${typeOf(page).replace(/^list of /, '')}`;
	if (schema.properties) return `{ ${Object.keys(schema.properties).join(', ')} }`;
	return [schema.type ?? 'anything']
		.flat()
		.map((type) => (schema.format && type === 'string' ? schema.format : type))
		.join(' or ');
}
