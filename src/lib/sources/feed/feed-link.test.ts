import { expect, test } from 'vitest';
import { webLink } from './feed-link.ts';

const BASE = 'https://trade-desk.example/news/feed.xml';

test.each([
	['https://wire.example/a/778?utm_source=rss', 'https://wire.example/a/778'],
	['https://wire.example/a?id=7&utm_source=rss&utm_medium=x#top', 'https://wire.example/a?id=7#top'],
	['https://wire.example/a?fbclid=1&q=a%20b+c&gclid=2', 'https://wire.example/a?q=a%20b+c'],
	['https://wire.example/a#utm_source=rss', 'https://wire.example/a'],
	['https://wire.example/a?my_utm_source=keep', 'https://wire.example/a?my_utm_source=keep'],
	['/2026/rice', 'https://trade-desk.example/2026/rice'],
	['rice', 'https://trade-desk.example/news/rice'],
	['?p=5', 'https://trade-desk.example/news/feed.xml?p=5'],
	['//cdn.example/x', 'https://cdn.example/x'],
	['www.wire.example/x', 'http://www.wire.example/x'],
	[' \n https://wire.example/\n a ', 'https://wire.example/%20a'],
	['https://user:word@wire.example/', 'https://wire.example/'],
	['https://báo.example/tin tức', 'https://xn--bo-mia.example/tin%20t%E1%BB%A9c']
])('%s becomes %s', (href, expected) => expect(webLink(href, BASE)).toBe(expected));

test.each([
	'javascript:alert(1)',
	'JaVaScRiPt:alert(1)',
	' java\nscript:alert(1)',
	'data:text/html,<script>alert(1)</script>',
	'vbscript:x',
	'file:///etc/passwd',
	'ftp://wire.example/',
	'mailto:desk@wire.example',
	'http://',
	'',
	'   ',
	undefined
])('%s is no link', (href) => expect(webLink(href, BASE)).toBeUndefined());

test('a relative link without a base is lost', () => expect(webLink('/rice')).toBeUndefined());
