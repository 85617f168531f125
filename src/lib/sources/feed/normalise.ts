import { escaped } from './capture.ts';
import type { Draft, DraftLink, DraftText, Scope } from './draft.ts';
import { feedDate } from './feed-date.ts';
import { isWebAddress, webLink } from './feed-link.ts';
import type { Feed, FeedItem } from './feed.ts';
import { FIELDS } from './field-names.ts';
import { plainText } from './plain-text.ts';

type Names = readonly string[];

/**
 * From what stands in a document to what it says: the same six fields whatever the dialect.
 * @param documentUrl where the document came from; the last resort for relative links
 */
export function normalise(draft: Draft, documentUrl: string | undefined): Feed {
	const link = linkOf(draft, documentUrl);
	return {
		title: titleOf(draft),
		link,
		items: draft.items.map((item) => normaliseItem(item, link ?? documentUrl))
	};
}

function normaliseItem(item: Scope, base: string | undefined): FeedItem {
	return {
		id: first(item, FIELDS.id, (text) => text.value.trim()),
		title: titleOf(item),
		link: linkOf(item, base),
		published: first(item, FIELDS.published, (text) => feedDate(text.value)),
		updated: first(item, FIELDS.updated, (text) => feedDate(text.value)),
		content: first(item, FIELDS.content, contentOf)
	};
}

/** The first of these elements that gives something. */
function first(
	scope: Scope,
	names: Names,
	read: (text: DraftText) => string | undefined
): string | undefined {
	for (const name of names) {
		const text = scope.texts.get(name);
		const value = text && read(text);
		if (value) return value;
	}
	return undefined;
}

function titleOf(scope: Scope): string | undefined {
	return first(scope, FIELDS.title, plainText);
}

/** Content is HTML; a text that is declared literal must not turn into markup. */
function contentOf({ value, kind }: DraftText): string {
	const trimmed = value.trim().normalize('NFC');
	return kind === 'text' && /[<&]/.test(trimmed) ? escaped(trimmed) : trimmed;
}

function linkOf(scope: Scope, base: string | undefined): string | undefined {
	return (
		first(scope, FIELDS.link, (text) => webLink(text.value, text.base ?? base)) ??
		linkElement(scope.links, base) ??
		addressAsId(scope)
	);
}

/** Atom's links: the page itself, a web page before other forms of it; failing that, content kept elsewhere. */
function linkElement(links: DraftLink[], base: string | undefined): string | undefined {
	const pages = links.filter(({ rel }) => rel.endsWith('alternate'));
	const ranked = [
		...pages.filter(({ type }) => type === '' || /html/i.test(type)),
		...pages,
		...links.filter(({ rel }) => rel === 'content')
	];
	for (const link of ranked) {
		const found = webLink(link.href, link.base ?? base);
		if (found) return found;
	}
	return undefined;
}

/** An item without a link may still have its address as identifier. */
function addressAsId(scope: Scope): string | undefined {
	const names = FIELDS.id.filter((name) => name !== 'guid' || scope.guidIsLink);
	return first(scope, names, ({ value }) => (isWebAddress(value) ? webLink(value) : undefined));
}
