import { describe, expect, test } from 'vitest';
import { atom, only, read, rss } from '../../../tests/support/feed-texts.ts';
import { readFeed } from './read-feed.ts';

describe('every dialect says the same', () => {
	const expected = {
		title: 'Trade Desk',
		link: 'https://trade-desk.example/',
		items: [
			{
				id: 'demo-f13',
				title: 'Da Nang & the pilot',
				link: 'https://trade-desk.example/2026/11/21/da-nang',
				published: '2026-11-21T01:00:00.000Z',
				updated: undefined,
				content: 'A <b>circular</b> says so.'
			}
		]
	};
	const link = 'https://trade-desk.example/2026/11/21/da-nang';
	const html = 'A &lt;b&gt;circular&lt;/b&gt; says so.';

	test('RSS 2.0', async () => {
		const item = `<item><guid isPermaLink="false">demo-f13</guid><title>Da Nang &amp;amp; the pilot</title><link>${link}</link><pubDate>Sat, 21 Nov 2026 08:00:00 +0700</pubDate><description>${html}</description></item>`;
		expect(await read(rss(item))).toEqual(expected);
	});

	test.each(['0.91', '0.92', ''])('RSS %s', async (version) => {
		const text = `<rss version="${version}"><channel><title>Trade Desk</title><link>https://trade-desk.example/</link><item><title>Da Nang &amp; the pilot</title><link>${link}</link><description>${html}</description></item></channel></rss>`;
		const [item] = expected.items;
		expect(await read(text)).toEqual({
			...expected,
			items: [{ ...item, id: undefined, published: undefined }]
		});
	});

	test.each(['http://purl.org/rss/1.0/', 'http://my.netscape.com/rdf/simple/0.9/'])(
		'RDF with %s',
		async (ns) => {
			const text = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="${ns}" xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Trade Desk</title><link>https://trade-desk.example/</link></channel><image><title>Logo</title></image><item rdf:about="demo-f13"><title>Da Nang &amp; the pilot</title><link>${link}</link><description>${html}</description><d:date>2026-11-21T08:00+07:00</d:date></item></rdf:RDF>`;
			const [item] = expected.items;
			expect(await read(text)).toEqual({ ...expected, items: [{ ...item, updated: item?.published }] });
		}
	);

	test('Atom 1.0', async () => {
		const entry = `<entry><id>demo-f13</id><title>Da Nang &amp; the pilot</title><link rel="self" href="/x"/><link rel="alternate" href="${link}"/><published>2026-11-21T08:00:00+07:00</published><content type="html">${html}</content></entry>`;
		expect(await read(atom(entry))).toEqual(expected);
	});

	test('Atom 1.0 with prefix and XHTML', async () => {
		const text = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><a:title type="xhtml"><h:div>Trade <h:b>Desk</h:b></h:div></a:title><a:link href="https://trade-desk.example/"/><a:entry><a:id>demo-f13</a:id><a:title>Da Nang &amp; the pilot</a:title><a:link href="${link}"/><a:published>2026-11-21T08:00:00+07:00</a:published><a:content type="xhtml"><h:div>A <h:b>circular</h:b> says so.</h:div></a:content></a:entry></a:feed>`;
		expect(await read(text)).toEqual(expected);
	});

	test('Atom 0.3', async () => {
		const text = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Trade Desk</title><link rel="alternate" type="text/html" href="https://trade-desk.example/"/><entry><id>demo-f13</id><title type="text/html" mode="escaped">Da Nang &amp;amp; the pilot</title><link rel="alternate" type="text/html" href="${link}"/><issued>2026-11-21T08:00:00+07:00</issued><content type="text/html" mode="base64">${btoa('A <b>circular</b> says so.')}</content></entry></feed>`;
		expect(await read(text)).toEqual(expected);
	});

	test('JSON Feed', async () => {
		const document = {
			version: 'https://jsonfeed.org/version/1.1',
			title: 'Trade Desk',
			home_page_url: 'https://trade-desk.example/',
			items: [
				{
					id: 'demo-f13',
					url: link,
					title: 'Da Nang & the pilot',
					content_html: 'A <b>circular</b> says so.',
					date_published: '2026-11-21T08:00:00+07:00'
				}
			]
		};
		expect(await read(JSON.stringify(document))).toEqual(expected);
	});
});

describe('the demo feeds', () => {
	test('a GB18030 body with a header that claims UTF-8', async () => {
		const title = Buffer.from('d4bdc4cfc2ccc9abcbddd4b4cad4b5e3', 'hex');
		const parts = rss('<item><title>@</title><link>https://sw-demo.example/tishi/1110</link></item>').split(
			'@'
		);
		const bytes = Buffer.concat([Buffer.from(parts[0] ?? ''), title, Buffer.from(parts[1] ?? '')]);
		const feed = await readFeed(bytes, { contentType: 'application/rss+xml; charset=utf-8' });
		expect(feed.items[0]?.title).toBe('越南绿色溯源试点');
	});

	test('a gazette item with an empty title keeps none', async () => {
		const link = 'https://congbao-demo.example/van-ban/00-2026-qd-ttg.htm';
		const item = await only(
			rss(
				`<item><title></title><link>${link}</link><description>Quyết định</description><pubDate>16/11/2026 00:00</pubDate></item>`
			)
		);
		expect(item).toMatchObject({ title: undefined, link, published: '2026-11-16T00:00:00.000Z' });
	});

	test('a script in the title, a script as link', async () => {
		const item = await only(
			rss(
				'<item><title><![CDATA[岘港是否纳入试点<script>alert(1)</script>]]></title><link>javascript:alert(1)</link></item>'
			)
		);
		expect(item).toMatchObject({ title: '岘港是否纳入试点', link: undefined });
		const raw = await only(rss('<item><title>岘港<script>alert(1)</script></title></item>'));
		expect(raw?.title).toBe('岘港');
	});

	test('no date stays no date; tracking goes', async () => {
		const item = await only(
			rss('<item><title>Rice</title><link>https://wire.example/a/778?utm_source=rss</link></item>')
		);
		expect(item).toMatchObject({
			published: undefined,
			updated: undefined,
			link: 'https://wire.example/a/778'
		});
	});
});

describe('links', () => {
	test('relative to xml:base, else to the feed, else to where it came from', async () => {
		const base = await read(
			atom(
				'<entry xml:base="deep/"><link href="a"/></entry><entry><link href="b"/></entry>',
				' xml:base="https://base.example/x/"'
			)
		);
		expect(base.items.map((item) => item.link)).toEqual([
			'https://base.example/x/deep/a',
			'https://base.example/x/b'
		]);
		expect((await only(rss('<item><link>/rice</link></item>')))?.link).toBe(
			'https://trade-desk.example/rice'
		);
		const bare = '<rss version="2.0"><channel><title>t</title><item><link>rice</link></item></channel></rss>';
		expect((await only(bare, { url: 'https://wire.example/feeds/rss.xml' }))?.link).toBe(
			'https://wire.example/feeds/rice'
		);
		expect((await only(bare))?.link).toBeUndefined();
	});

	test('an xml:base that is no web address counts for nothing', async () => {
		const item = await only(atom('<entry xml:base="javascript:alert(1)//"><link href="a"/></entry>'));
		expect(item?.link).toBe('https://trade-desk.example/a');
	});

	test('a guid that is an address serves, unless it says it is none', async () => {
		const guid = 'https://wire.example/a';
		expect((await only(rss(`<item><guid>${guid}</guid></item>`)))?.link).toBe(guid);
		expect((await only(rss(`<item><guid isPermaLink="false">${guid}</guid></item>`)))?.link).toBeUndefined();
	});

	test('the web page before other forms; enclosures and replies never', async () => {
		const item = await only(
			atom(
				'<entry><link rel="enclosure" href="https://e.example/"/><link rel="alternate" type="application/pdf" href="https://p.example/"/><link type="text/html" href="https://h.example/"/></entry>'
			)
		);
		expect(item?.link).toBe('https://h.example/');
		expect((await only(rss('<item><atom:link href="https://h.example/"/></item>')))?.link).toBe(
			'https://h.example/'
		);
	});
});

test('an address written as the text of a link, where an enclosure does the same', async () => {
	const item = await only(
		atom(
			'<entry><link rel="enclosure">https://e.example/</link><link rel="alternate">https://h.example/</link></entry>'
		)
	);
	expect(item?.link).toBe('https://h.example/');
});

describe('texts', () => {
	test('of embedded media, images and sources are not the item', async () => {
		const item = await only(
			rss(
				'<item><media:content xmlns:media="http://search.yahoo.com/mrss/"><media:title>Photo</media:title></media:content><source><title>Other</title></source><title>Rice</title></item>',
				'<image><title>Logo</title><link>https://logo.example/</link></image>'
			)
		);
		expect(item?.title).toBe('Rice');
	});

	test('the whole content before its summary', async () => {
		const item = await only(
			rss(
				'<item><description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded></item>'
			)
		);
		expect(item?.content).toBe('<p>long</p>');
	});

	test('markup inside a description is kept as markup', async () => {
		const item = await only(rss('<item><description>a <p class="x">b &amp; c<br/></p></description></item>'));
		expect(item?.content).toBe('a <p class="x">b &amp; c<br></p>');
	});

	test('a type that is no text is base64', async () => {
		const item = await only(
			atom(`<entry><title type="application/octet-stream">${btoa('A <b>b</b>')}</title></entry>`)
		);
		expect(item?.title).toBe('A b');
	});

	test('literal text does not become markup', async () => {
		const item = await only(atom('<entry><summary type="text">a &lt;b&gt; c</summary></entry>'));
		expect(item?.content).toBe('a &lt;b&gt; c');
	});
});
