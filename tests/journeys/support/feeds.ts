import feedItems from '../../../src/lib/demo/feed-items.json' with { type: 'json' };
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { test as base } from './server.ts';

export { expect } from './server.ts';

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Items of the demo as RSS 2.0; an item without a date has no pubDate. */
function rss(ids: string[], encoding: string): string {
	const items = feedItems
		.filter((item) => ids.includes(item.id))
		.map(
			(item) => `<item><guid isPermaLink="false">${item.id}</guid><title>${escape(item.title)}</title>
<link>${escape(item.link)}</link><description>${escape(item.body)}</description>${
				item.publishedAt ? `<pubDate>${new Date(item.publishedAt).toUTCString()}</pubDate>` : ''
			}</item>`
		);
	return `<?xml version="1.0" encoding="${encoding}"?><rss version="2.0"><channel><title>Trade desk (fictional)</title>
<link>https://trade-desk.example/</link><description>Demo</description>${items.join('')}</channel></rss>`;
}

/** GB18030 bytes of a text, by asking the decoder which two or four bytes make each character. */
function gb18030(text: string): Uint8Array {
	const decoder = new TextDecoder('gb18030');
	const pairs = new Map<string, number[]>();
	for (let lead = 0x81; lead <= 0xfe; lead++)
		for (let trail = 0x40; trail <= 0xfe; trail++) {
			const character = decoder.decode(new Uint8Array([lead, trail]));
			if ([...character].length === 1 && !pairs.has(character)) pairs.set(character, [lead, trail]);
		}
	return new Uint8Array(
		[...text].flatMap((character) => {
			const code = character.codePointAt(0)!;
			return code < 0x80 ? [code] : (pairs.get(character) ?? [0x3f]);
		})
	);
}

/** A trade desk in UTF-8, a Chinese one in GB18030 and a gazette without titles, served on loopback. */
async function startFeeds(): Promise<FeedServer> {
	const xml = { 'content-type': 'application/rss+xml' };
	return startFeedServer({
		'/trade-desk.xml': { headers: xml, body: rss(['demo-f01', 'demo-f11', 'demo-f13'], 'UTF-8') },
		'/mofcom.xml': { headers: { 'content-type': 'text/xml' }, body: gb18030(rss(['demo-f04'], 'GB18030')) },
		'/gazette.xml': { headers: xml, body: rss(['demo-f08'], 'UTF-8') },
		'/broken.xml': { headers: xml, body: '<rss><channel><item><title>cut o' },
		'/huge.xml': { headers: xml, body: '<rss><channel>', fillBytes: 50_000_000 }
	});
}

/** A server that may read these feeds although they are on loopback. */
export const test = base.extend<object, { feeds: FeedServer }>({
	feeds: [
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const feeds = await startFeeds();
			await use(feeds);
			await feeds.close();
		},
		{ scope: 'worker' }
	],
	serverEnv: ({ feeds }, use) => use({ OUTBOUND_ALLOW: feeds.host })
});
