import { describe, expect, test } from 'vitest';
import { atom, only, read, rss } from '../../../tests/support/feed-texts.ts';

describe('damage', () => {
	test('XML that a strict parser refuses', async () => {
		const feed = await read(
			rss(
				'<item><title>Q&A on rice & PCB</title><link>https://a.example/?a=1&b=2</link></item><item><title>Caf&eacute;</title><description>one <br> two</description></item>'
			)
		);
		expect(feed.items.map((item) => item.title)).toEqual(['Q&A on rice & PCB', 'Café']);
		expect(feed.items[0]?.link).toBe('https://a.example/?a=1&b=2');
		expect(feed.items[1]?.content).toBe('one <br> two');
	});

	test('forgotten end tags', async () => {
		const feed = await read(
			rss(
				'<item><title>One<link>https://a.example/1</link></item><item><title>Two</title><link>https://a.example/2</link><item><title>Three</title>'
			)
		);
		expect(feed.items.map(({ title, link }) => [title, link])).toEqual([
			['One', 'https://a.example/1'],
			['Two', 'https://a.example/2'],
			['Three', undefined]
		]);
	});

	test('a document cut off keeps its whole items only', async () => {
		const whole = rss('<item><title>One</title></item><item><title>Two is longer</title></item>');
		const feed = await read(whole.slice(0, whole.indexOf('longer')));
		expect(feed.items.map((item) => item.title)).toEqual(['One']);
	});

	test('rubbish before the document', async () => {
		const item = await only(`\n\n<br /><b>Warning</b>: feed.php\n${rss('<item><title>Rice</title></item>')}`);
		expect(item?.title).toBe('Rice');
	});

	test('an Atom date that is no date does not take the entry with it', async () => {
		const item = await only(atom('<entry><title>Rice</title><updated>soon</updated></entry>'));
		expect(item).toMatchObject({ title: 'Rice', updated: undefined });
	});

	test('names that are traps for objects', async () => {
		const item = await only(
			rss('<item><__proto__>x</__proto__><constructor>y</constructor><title>Rice</title></item>')
		);
		expect(item?.title).toBe('Rice');
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});
});

describe('limits', () => {
	test('2,000 items and no more', async () => {
		const feed = await read(rss('<item><title>Rice</title></item>'.repeat(2_500)));
		expect(feed.items).toHaveLength(2_000);
	});

	test('entity bombs stay small', async () => {
		const entities = Array.from(
			{ length: 9 },
			(_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`
		).join('');
		const item = await only(
			`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">${entities}]><rss version="2.0"><channel><title>t</title><item><title>&l9; &f;</title></item></channel></rss>`
		);
		expect(item?.title).toBe('&l9; &f;');
	});

	test.each([
		['elements', rss(`<item><description>${'<b>'.repeat(100_000)}</description></item>`)],
		['closed elements', rss(`<item><x>${'<b>'.repeat(5_000)}${'</b>'.repeat(5_000)}</x></item>`)]
	])('too many nested %s', async (_what, text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'too_deep', messageKey: 'feed.too_deep' });
	});

	test('JSON nested too deep or broken', async () => {
		await expect(read(`{"a":${'['.repeat(200_000)}`)).rejects.toMatchObject({ code: 'malformed' });
	});

	test('a large document lets others work meanwhile', async () => {
		let turns = 0;
		const timer = setInterval(() => (turns += 1), 1);
		await read(
			rss(`<item><title>Rice</title><description>${'word '.repeat(400)}</description></item>`.repeat(1_500))
		);
		clearInterval(timer);
		expect(turns).toBeGreaterThan(5);
	});
});

describe('what is no feed', () => {
	test.each([
		['', 'empty'],
		['  \n ', 'empty'],
		['<!doctype html><html><body><rss>no</rss></body></html>', 'not_a_feed'],
		['<?xml version="1.0"?><opml><body/></opml>', 'not_a_feed'],
		['just words', 'not_a_feed'],
		['{"error":"no"}', 'not_a_feed'],
		['{"version":"https://jsonfeed.org/version/1","items":[', 'malformed'],
		['<?xml version="1.0"?><rss version="2.0"', 'malformed'],
		['<rss version="2.0"><channel><item><title>Ri', 'malformed'],
		['\u0089PNG\r\n\u001a\n', 'not_a_feed']
	])('%j is %s', async (text, code) => {
		await expect(read(text)).rejects.toMatchObject({ code });
	});

	test('a feed without items is a feed', async () => {
		expect(await read(rss(''))).toMatchObject({ title: 'Trade Desk', items: [] });
		expect(await read('<feed xmlns="http://www.w3.org/2005/Atom"></feed>')).toMatchObject({ items: [] });
	});
});
