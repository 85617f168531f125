/** One thing a feed says. What the feed does not say is undefined: nothing is guessed, least of all a date. */
export type FeedItem = {
	/** The feed's own identifier (guid, atom:id, rdf:about), as written. */
	id: string | undefined;
	/** Plain text on one line. */
	title: string | undefined;
	/** Absolute http or https address without tracking parameters. */
	link: string | undefined;
	/** ISO 8601 in UTC. A time without a zone is read as UTC. */
	published: string | undefined;
	updated: string | undefined;
	/** HTML as the feed gives it. NOT sanitised: never render it without doing so. */
	content: string | undefined;
};

export type Feed = {
	title: string | undefined;
	link: string | undefined;
	/** In the feed's order, at most `MAX_ITEMS`. */
	items: FeedItem[];
};

/** Where the bytes came from: decides the charset and what relative links are relative to. */
export type About = { contentType?: string; url?: string };

/** More than any feed of news holds; the rest is left unread. */
export const MAX_ITEMS = 2_000;
