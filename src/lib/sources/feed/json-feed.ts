import { emptyScope, keepText, type Draft, type DraftText, type Scope } from './draft.ts';
import { FeedError } from './feed-error.ts';
import { MAX_ITEMS } from './feed.ts';

type Json = Record<string, unknown>;

/** JSON Feed's names for what the other dialects call by ours, and whether the text is markup. */
const ITEM_TEXTS: [string, string, DraftText['kind']][] = [
	['id', 'id', 'text'],
	['title', 'title', 'text'],
	['date_published', 'published', 'text'],
	['date_modified', 'updated', 'text'],
	['content_html', 'content', 'html'],
	['content_text', 'content', 'text'],
	['summary', 'summary', 'text']
];

export function looksLikeJson(text: string): boolean {
	return /^\s*\{/.test(text);
}

/**
 * JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), lenient about ids that are numbers.
 * @throws FeedError `malformed` for broken JSON, `not_a_feed` for JSON that is something else
 */
export function readJsonFeed(text: string): Draft {
	const document = parsed(text);
	if (!isObject(document)) throw new FeedError('not_a_feed');
	const { version, items } = document;
	if (!String(version).includes('jsonfeed.org') || !Array.isArray(items)) throw new FeedError('not_a_feed');
	const feed = withLinks(scope(document, [['title', 'title', 'text']]), [document.home_page_url]);
	return { ...feed, items: items.filter(isObject).slice(0, MAX_ITEMS).map(readItem) };
}

function readItem(item: Json): Scope {
	return withLinks(scope(item, ITEM_TEXTS), [item.url, item.external_url]);
}

function scope(from: Json, texts: [string, string, DraftText['kind']][]): Scope {
	const found = emptyScope();
	for (const [theirs, ours, kind] of texts) {
		const value = from[theirs];
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		keepText(found, ours, { value: String(value), kind, base: undefined });
	}
	return found;
}

function withLinks(found: Scope, links: unknown[]): Scope {
	for (const href of links) {
		if (typeof href === 'string') found.links.push({ href, rel: 'alternate', type: '', base: undefined });
	}
	return found;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new FeedError('malformed', { cause });
	}
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
