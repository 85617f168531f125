import type { z } from 'zod';
import type { Permission } from '#lib/people/policy.ts';

export const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** One thing the API does. Routes validate with it, the guard is tested against it, the document is made from it. */
export interface Operation {
	/** What it does, in one English sentence: the document is read by programmers. */
	summary: string;
	/** What only the description can say: what happens besides, and what may be refused. */
	detail?: string;
	/** `public`: without signing in. The domain asks again, with the team the thing belongs to. */
	may: Permission | 'public';
	/** Of the address, all given as texts. */
	query?: z.ZodObject;
	/** A strict object: a field that it does not know is refused. */
	body?: z.ZodType;
	/** It changes a record that is there: `If-Match` or `version` is needed, else 428. */
	changes?: true;
	/** The fields may come as `multipart/form-data`, with one file. */
	upload?: true;
	/** Its answer holds a secret and is kept nowhere: an `Idempotency-Key` is not looked at. */
	secret?: true;
	/** 200 unless given. 204 has no answer. */
	status?: 200 | 201 | 202 | 204;
	answer?: z.ZodType;
	/** The answer is no JSON, or there is a second form of it: its media type. */
	media?: string;
}

/** `GET /sources/:id`: a method and a path below `/api/v1`. */
export type OperationName = `${Method} /${string}`;

export type Operations = Record<OperationName, Operation>;

export const apiRoot = '/api/v1';

export function partsOf(name: string): { method: Method; path: string } {
	const [method, path] = name.split(' ') as [Method, string];
	return { method, path };
}

/** The id of the route that serves it: `/api/v1/sources/[id]`. */
export function routeIdOf(name: string): string {
	return apiRoot + partsOf(name).path.replace(/:(\w+)/g, '[$1]');
}

/** The path as OpenAPI writes it: `/sources/{id}`. */
export function templateOf(name: string): string {
	return partsOf(name).path.replace(/:(\w+)/g, '{$1}');
}

export function paramsOf(name: string): string[] {
	return [...partsOf(name).path.matchAll(/:(\w+)/g)].map(([, param]) => param!);
}
