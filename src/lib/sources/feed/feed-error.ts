/**
 * Why bytes gave no feed: `empty` nothing in them · `not_a_feed` something else, a web page for instance ·
 * `malformed` meant as a feed, yet nothing can be recovered · `too_deep` nested beyond any honest document.
 */
export type FeedCode = 'empty' | 'not_a_feed' | 'malformed' | 'too_deep';

/** Expected trouble with a feed's bytes; its sentence is under `feed.<code>`. */
export class FeedError extends Error {
	readonly code: FeedCode;

	constructor(code: FeedCode, options?: ErrorOptions) {
		super(code, options);
		this.name = 'FeedError';
		this.code = code;
	}

	get messageKey(): `feed.${FeedCode}` {
		return `feed.${this.code}`;
	}
}
