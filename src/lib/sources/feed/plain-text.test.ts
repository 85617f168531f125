import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
	['岘港是否纳入试点<script>alert(1)</script>', '岘港是否纳入试点'],
	['a <SCRIPT type="x">alert(1)</SCRIPT > b', 'a b'],
	['a <script>alert(1)', 'a'],
	['a<style>p{}</style>b<iframe src=x>c</iframe>', 'ab'],
	['a &lt;script&gt;alert(1)&lt;/script&gt; b', 'a b'],
	['<img src=x onerror=alert(1)>Rice', 'Rice'],
	['<svg><script>alert(1)</script></svg>Rice', 'Rice'],
	['<b>Rice</b> &amp; <i>PCB</i>', 'Rice & PCB'],
	['Caf&eacute; &#146;24&hellip; &#x2014;', 'Café ’24… —'],
	['one<br>two<p>three</p>', 'one two three'],
	['Rate < 15 % and > 10 %', 'Rate < 15 % and > 10 %'],
	['List<String> explained', 'List<String> explained'],
	['AT&T, Q&A', 'AT&T, Q&A'],
	['<![CDATA[Wrapped <b>twice</b>]]>', 'Wrapped twice'],
	['<!-- hidden -->shown', 'shown'],
	['  two\n\tlines\u00a0here\u0007 ', 'two lines here'],
	['abc\u202Egnp.exe', 'abcgnp.exe'],
	['Vie\u0323\u0302t', 'Việt'],
	['', '']
])('%s', (value, expected) => expect(plainText({ value, kind: 'unknown' })).toBe(expected));

test('a literal text keeps its entities, but never a script', () => {
	expect(plainText({ value: 'Use &amp; in XML', kind: 'text' })).toBe('Use &amp; in XML');
	expect(plainText({ value: 'x<script>alert(1)</script>', kind: 'text' })).toBe('x');
});
