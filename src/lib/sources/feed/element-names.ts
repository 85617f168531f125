/** Canonical prefix of each vocabulary; '' is RSS's own. Feeds choose prefixes freely, so the address decides. */
const VOCABULARIES: Record<string, string> = {
	'http://backend.userland.com/rss2': '',
	'http://channel.netscape.com/rdf/simple/0.9': '',
	'http://my.netscape.com/rdf/simple/0.9': '',
	'http://purl.org/atom/ns#': 'atom',
	'http://purl.org/dc/elements/1.0': 'dc',
	'http://purl.org/dc/elements/1.1': 'dc',
	'http://purl.org/dc/terms': 'dcterms',
	'http://purl.org/net/rss1.1#': '',
	'http://purl.org/rss/1.0': '',
	'http://purl.org/rss/1.0/modules/content': 'content',
	'http://search.yahoo.com/mrss': 'media',
	'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
	'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
	'http://www.w3.org/1999/xhtml': 'xhtml',
	'http://www.w3.org/2005/atom': 'atom'
};

/** Prefix as written -> canonical prefix, in force at an element. The default namespace is under ''. */
export type Namespaces = ReadonlyMap<string, string>;

export const NO_NAMESPACES: Namespaces = new Map();

/** The namespaces inside an element, given those around it. */
export function declared(around: Namespaces, attributes: Record<string, string>): Namespaces {
	let inside: Map<string, string> | undefined;
	for (const [name, value] of Object.entries(attributes)) {
		if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
		const vocabulary = VOCABULARIES[value.trim().toLowerCase().replace(/\/$/, '')];
		inside ??= new Map(around);
		const prefix = name.slice(6);
		inside.set(prefix, vocabulary ?? prefix);
	}
	return inside ?? around;
}

/** "ATOM:Link" under some prefix -> "atom:link". An undeclared prefix is taken at its word. */
export function canonicalName(written: string, namespaces: Namespaces): string {
	const colon = written.indexOf(':');
	const prefix = colon < 0 ? '' : written.slice(0, colon);
	const vocabulary = namespaces.get(prefix) ?? prefix;
	return vocabulary === '' ? localName(written) : `${vocabulary}:${localName(written)}`;
}

export function localName(written: string): string {
	return written.slice(written.indexOf(':') + 1);
}
