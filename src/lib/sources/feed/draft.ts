/**
 * What a reader found, before it means anything: element texts under their canonical names ("title", "dc:date",
 * "content:encoded") and links with their attributes. The normaliser decides which of them counts.
 */
export type Draft = Scope & { items: Scope[] };

export type Scope = {
	texts: Map<string, DraftText>;
	links: DraftLink[];
	/** The guid is an address, as RSS assumes unless told otherwise. */
	guidIsLink: boolean;
};

export type DraftText = {
	value: string;
	/** `text` is literal, `html` is markup, `unknown` is what most of RSS is: one or the other. */
	kind: 'text' | 'html' | 'unknown';
	/** xml:base in force there, when one was given. */
	base: string | undefined;
};

export type DraftLink = { href: string; rel: string; type: string; base: string | undefined };

export function emptyScope(): Scope {
	return { texts: new Map(), links: [], guidIsLink: false };
}

/** The first non-empty text under a name stands: later ones are mostly of embedded media. */
export function keepText(scope: Scope, name: string, text: DraftText): void {
	if (text.value.trim() !== '' && !scope.texts.has(name)) scope.texts.set(name, text);
}
