import { decodeFeed } from './feed/charset.ts';
import { FeedError } from './feed/feed-error.ts';
import type { About, Feed } from './feed/feed.ts';
import { looksLikeJson, readJsonFeed } from './feed/json-feed.ts';
import { mergeReadings } from './feed/merge.ts';
import { normalise } from './feed/normalise.ts';
import { readWithRssParser } from './feed/rss-parser-reader.ts';
import { readTolerantly, type Reading } from './feed/tolerant-reader.ts';

/**
 * Reads the bytes of any RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0) or JSON Feed. Decode, read twice, merge, normalise.
 * Needs nothing but its arguments: no network, no clock, no zone of the machine.
 * @throws FeedError `empty`, `not_a_feed`, `malformed` or `too_deep`
 */
export async function readFeed(bytes: Uint8Array, about: About): Promise<Feed> {
	const text = decodeFeed(bytes, about.contentType);
	if (text.trim() === '') throw new FeedError('empty');
	if (looksLikeJson(text)) return normalise(readJsonFeed(text), about.url);
	const reading = await readTolerantly(text, about.url);
	const { draft } = checked(reading, text);
	// The tolerant reader went first: what it lets through is shallow enough for a reader that builds trees.
	return normalise(mergeReadings(draft, await readWithRssParser(xmlOnly(text))), about.url);
}

function checked(reading: Reading, text: string): Reading {
	const { draft, root, closed } = reading;
	if (!root)
		throw new FeedError(
			/^\s*<(\?xml[^>]*>\s*<)?(rss|feed|rdf:rdf)\b/i.test(text) ? 'malformed' : 'not_a_feed'
		);
	const isBare = draft.items.length === 0 && draft.texts.size === 0;
	if (isBare && !closed) throw new FeedError('malformed');
	return reading;
}

/** Without what some servers print before the document: blank lines, warnings, a stray mark. */
function xmlOnly(text: string): string {
	const start = text.search(/<(\?xml|rss|feed|rdf:rdf)\b/i);
	return start > 0 ? text.slice(start) : text;
}
