import { createHash } from 'node:crypto';
import type { Feed, FeedItem } from './feed/feed.ts';
import { guessLanguage } from './language.ts';
import { madeTitle } from './made-title.ts';
import type { Reading } from './matching.ts';
import { comparable, paragraphs, readableText } from './readable-text.ts';

/** An index entry holds no more than a third of a database page. */
const LONGEST_IDENTITY = 512;

/** What a feed says, entry by entry, ready to be compared with what we hold. Entries that say nothing are left out. */
export function readingsOf(feed: Feed): Reading[] {
	const entries = feed.items.map((item) => ({ item, reading: readingOf(item) }));
	const unique = withOwnIdentities(entries.filter(({ reading }) => reading.title !== ''));
	const met = new Set<string>();
	return unique.filter(({ identity }) => !met.has(identity) && met.add(identity));
}

/** A text a person typed or pasted, as a reading of its own. */
export function readingOfText(input: {
	title: string;
	text: string;
	link: string | null;
	publishedAt: Date | null;
}): Reading {
	const title = comparable(paragraphs(input.title));
	const words = said(title, false, paragraphs(input.text));
	const identity = input.link ?? hashIdentity(words.hash);
	return { ...input, ...words, title, titleMade: false, identity: bounded(identity) };
}

function readingOf(item: FeedItem): Reading {
	const body = readableText(item.content ?? '');
	const titleMade = !item.title;
	const title = item.title || madeTitle(body, item.link);
	const words = said(title, titleMade, body);
	return {
		...words,
		identity: bounded(item.id ?? item.link ?? hashIdentity(words.hash)),
		title,
		titleMade,
		link: item.link ?? null,
		publishedAt: item.published ? new Date(item.published) : null
	};
}

/** A title of our own making is no part of what the source said. */
function said(title: string, titleMade: boolean, body: string): Pick<Reading, 'text' | 'hash' | 'language'> {
	const text = [titleMade ? '' : paragraphs(title), body].filter((part) => part !== '').join('\n');
	return { text, hash: sha256(comparable(text)), language: guessLanguage(text) };
}

/** Some feeds give every entry the same id: such an id names nothing, so the address or the words must. */
function withOwnIdentities(entries: { item: FeedItem; reading: Reading }[]): Reading[] {
	const wordsUnder = new Map<string, Set<string>>();
	for (const { reading } of entries) {
		const words = wordsUnder.get(reading.identity) ?? new Set();
		wordsUnder.set(reading.identity, words.add(`${reading.link}\n${reading.hash}`));
	}
	return entries.map(({ item, reading }) => {
		if (wordsUnder.get(reading.identity)!.size === 1) return reading;
		const words = hashIdentity(reading.hash);
		const sameLink = entries.filter((entry) => entry.item.link === item.link).length > 1;
		return { ...reading, identity: bounded(item.link && !sameLink ? item.link : words) };
	});
}

function bounded(identity: string): string {
	return identity.length <= LONGEST_IDENTITY ? identity : hashIdentity(sha256(identity));
}

function hashIdentity(hash: string): string {
	return `sha256:${hash}`;
}

export function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}
