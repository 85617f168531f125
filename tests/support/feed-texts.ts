import type { About } from '../../src/lib/sources/feed/feed.ts';
import { readFeed } from '../../src/lib/sources/read-feed.ts';

/** Reads a feed given as text. */
export const read = (text: string, about: About = {}) => readFeed(new TextEncoder().encode(text), about);
/** RSS 2.0 around items, from https://trade-desk.example/. */
export const rss = (items: string, channel = '') =>
	`<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Trade Desk</title><link>https://trade-desk.example/</link>${channel}${items}</channel></rss>`;
/** Atom 1.0 around entries, from the same place. */
export const atom = (entries: string, feed = '') =>
	`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"${feed}><title>Trade Desk</title><link href="https://trade-desk.example/"/>${entries}</feed>`;
/** The one item of a feed that must have exactly one. */
export async function only(text: string, about: About = {}) {
	const feed = await read(text, about);
	if (feed.items.length !== 1) throw new Error(`${feed.items.length} items instead of one`);
	return feed.items[0];
}
