const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request changes nothing, or comes from a page of ours: browsers name the origin of all that do. */
export function isHarmless(request: Pick<Request, 'method' | 'headers'>, url: URL): boolean {
	return safe.has(request.method) || request.headers.get('origin') === url.origin;
}
