const TRACKING = /^(utm_[^=]*|fbclid|gclid)(=|$)/i;

/**
 * The web address a feed means, or undefined: only http and https survive, so `javascript:` and `data:` do not.
 * @param base what a relative address is relative to; without one, relative addresses are lost
 */
export function webLink(href: string | undefined, base?: string): string | undefined {
	const written = href?.trim() ?? '';
	if (written === '') return undefined;
	const url = URL.parse(spelledOut(written), base);
	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
	url.username = '';
	url.password = '';
	// By hand: URLSearchParams would re-encode the parameters that stay.
	url.search = withoutTracking(url.search.slice(1));
	if (TRACKING.test(url.hash.slice(1))) url.hash = '';
	return url.href;
}

/** Whether a text is a whole web address by itself; ids and guids often are. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/]/i.test(text.trim());
}

/** A host without scheme is no path on our base, whatever the grammar says. */
function spelledOut(href: string): string {
	return /^www\.[\w-]+\.\w/i.test(href) ? `http://${href}` : href;
}

function withoutTracking(query: string): string {
	return query
		.split('&')
		.filter((pair) => !TRACKING.test(pair))
		.join('&');
}
