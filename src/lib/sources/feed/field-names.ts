/** Which elements mean what, the best first. A name new to us is one word in the right line. */
export const FIELDS = {
	id: ['guid', 'id', 'rdf:about', 'atom:id', 'dc:identifier'],
	title: ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'],
	link: ['link', 'atom:link'],
	published: [
		'pubdate',
		'published',
		'issued',
		'atom:published',
		'dcterms:issued',
		'dc:date',
		'created',
		'dcterms:created',
		'date'
	],
	// dc:date is a date of either kind, so it stands in for both.
	updated: ['updated', 'modified', 'atom:updated', 'dcterms:modified', 'dc:date'],
	content: [
		'content:encoded',
		'xhtml:body',
		'body',
		'fullitem',
		'content',
		'atom:content',
		'description',
		'summary',
		'atom:summary',
		'dc:description',
		'itunes:summary',
		'media:description'
	]
} as const;

export const CAPTURED: ReadonlySet<string> = new Set(Object.values(FIELDS).flat());

/** Elements whose text is one line, so that another field inside one means a forgotten end tag. */
export const ONE_LINERS: ReadonlySet<string> = new Set([
	...FIELDS.id,
	...FIELDS.title,
	...FIELDS.link,
	...FIELDS.published,
	...FIELDS.updated
]);
