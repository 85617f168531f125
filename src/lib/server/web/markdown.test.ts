import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { markdown } from './markdown.ts';

const allowed: Record<string, string[]> = { a: ['href', 'rel'], ol: ['start'] };
const tags = new Set(
	'a blockquote br code del em h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul'.split(' ')
);

/** What a browser would see: every tag, attribute and address that is not on the list. */
function alive(html: string): string[] {
	const found: string[] = [];
	const parser = new Parser({
		onopentag(name, attributes) {
			if (!tags.has(name)) found.push(`<${name}>`);
			for (const [attribute, value] of Object.entries(attributes)) {
				if (!allowed[name]?.includes(attribute)) found.push(`${name}[${attribute}]`);
				if (attribute === 'href' && !/^(https?:\/\/|mailto:)/i.test(value)) found.push(value);
			}
		}
	});
	parser.end(html);
	return found;
}

const hostile = [
	'<script>alert(1)</script>',
	'<ScRiPt src=//evil.example/x.js></sCrIpT>',
	'<img src=x onerror=alert(1)>',
	'<svg><script>alert(1)</script></svg>',
	'<svg/onload=alert(1)>',
	'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
	'<iframe srcdoc="<script>alert(1)</script>"></iframe>',
	'<a href="javascript:alert(1)">x</a>',
	'<a href="java\tscript:alert(1)">x</a>',
	'<form action="https://evil.example"><input name=q></form>',
	'<style>@import "https://evil.example/x.css";</style>',
	'<base href="https://evil.example/">',
	'<meta http-equiv="refresh" content="0;url=https://evil.example">',
	'<p style="background:url(https://evil.example/x)" onclick="alert(1)">x</p>',
	'<!--><img src=x onerror=alert(1)>-->',
	'<![CDATA[<img src=x onerror=alert(1)>]]>',
	'<?xml-stylesheet href="javascript:alert(1)"?>',
	'<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
	'<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
	'[x](javascript:alert(1))',
	'[x](JaVaScRiPt:alert(1))',
	'[x](java&#115;cript:alert(1))',
	'[x](javascript&colon;alert(1))',
	'[x](&#x6A;avascript:alert(1))',
	'[x]( \u0001javascript:alert(1))',
	'[x](<java\nscript:alert(1)>)',
	'[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
	'[x](vbscript:msgbox(1))',
	'[x](file:///etc/passwd)',
	'[x](//evil.example/x)',
	'[x](/settings/people)',
	'[x](https://ok.example "t\\" onmouseover=\\"alert(1)")',
	'[x][r]\n\n[r]: javascript:alert(1)',
	'<javascript:alert(1)>',
	'![x](https://evil.example/pixel.gif)',
	'![x" onerror="alert(1)](x)',
	'![<img src=x onerror=alert(1)>](x)',
	'![x][r]\n\n[r]: https://evil.example/pixel.gif',
	'`<img src=x onerror=alert(1)>`',
	'```html"><img src=x onerror=alert(1)>\n<script>alert(1)</script>\n```',
	'    <script>alert(1)</script>',
	'# <img src=x onerror=alert(1)>',
	'| a |\n|---|\n| <img src=x onerror=alert(1)> |',
	'> <script>alert(1)</script>',
	'- [ ] <svg/onload=alert(1)>',
	'**<img src=x onerror=alert(1)>**',
	'https://ok.example/"onmouseover="alert(1)',
	'<a name="x" id="getElementById" class="y">x</a>',
	'<<script>script>alert(1)<</script>/script>',
	'&lt;img src=x onerror=alert(1)&gt;'
];

describe('notes in Markdown', () => {
	it.each(hostile)('keep nothing alive of %j', (note) => {
		expect(alive(markdown(note))).toEqual([]);
	});

	it('keep no hostile note alive inside a list, a quotation or a table either', () => {
		for (const note of hostile) {
			const line = note.replaceAll('\n', ' ');
			expect(alive(markdown(`- a\n  - ${line}\n\n> ${line}\n\n| h |\n|---|\n| ${line} |`))).toEqual([]);
		}
	});

	it('show raw HTML as the text that was typed', () => {
		expect(markdown('a <b>bold</b> claim')).toBe('<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n');
	});

	it('open links without handing over where the reader came from', () => {
		const html = markdown('[circular](https://moit.example/tt-12?a=1&b=2), <mail@moit.example>');
		expect(html).toContain('href="https://moit.example/tt-12?a=1&amp;b=2"');
		expect(html).toContain('href="mailto:mail@moit.example"');
		expect(html.match(/rel="noopener noreferrer"/g)).toHaveLength(2);
	});

	it('say what an image shows instead of loading it', () => {
		expect(markdown('![the seal](https://evil.example/pixel.gif)')).toBe('<p>the seal</p>\n');
	});

	it('keep emphasis, lists, tables and quotations, with headings below those of the page', () => {
		const html = markdown(
			'# Port\n\n*Da Nang* **added**\n\n1. one\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |'
		);
		for (const part of [
			'<h3>Port</h3>',
			'<em>Da Nang</em>',
			'<strong>added</strong>',
			'<ol>',
			'<blockquote>'
		]) {
			expect(html).toContain(part);
		}
		expect(html).toContain('<td>2</td>');
	});

	it('keep Chinese and Vietnamese as written', () => {
		expect(markdown('岘港 **被列入** 试点\nĐà Nẵng được bổ sung')).toBe(
			'<p>岘港 <strong>被列入</strong> 试点<br />Đà Nẵng được bổ sung</p>\n'
		);
	});
});
