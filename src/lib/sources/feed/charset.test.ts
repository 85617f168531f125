import { describe, expect, test } from 'vitest';
import { decodeFeed } from './charset.ts';

const CHINESE = '关于越南绿色溯源试点的贸易提示，请核对声明编号与报关资料的一致性。';
/** The sentence above as gb18030 bytes; the platform can only decode that charset. */
const CHINESE_GB = bytesOf(
	'b9d8d3dad4bdc4cfc2ccc9abcbddd4b4cad4b5e3b5c4c3b3d2d7cce1cabea3acc7ebbacbb6d4c9f9c3f7b1e0bac5d3ebb1a8b9d8d7cac1cfb5c4d2bbd6c2d0d4a1a3'
);

function bytesOf(hex: string): Uint8Array {
	return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
function join(...parts: (string | Uint8Array)[]): Uint8Array {
	return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

describe('the GB family', () => {
	test.each(['gb18030', 'GBK', 'gb2312', 'x-gbk', 'cp936'])('%s in the header', (label) => {
		expect(decodeFeed(CHINESE_GB, `text/xml; charset=${label}`)).toBe(CHINESE);
	});
	test('in the XML declaration, against a lying header', () => {
		const body = join('<?xml version="1.0" encoding="GB2312"?>', CHINESE_GB);
		expect(decodeFeed(body, 'text/xml; charset=utf-8')).toContain(CHINESE);
	});
	test('told by nobody, or only by a liar', () => {
		expect(decodeFeed(CHINESE_GB, undefined)).toBe(CHINESE);
		expect(decodeFeed(CHINESE_GB, 'text/xml; charset=utf-8')).toBe(CHINESE);
	});
	test('a four-byte character that only gb18030 has', () => {
		expect(decodeFeed(join('x', bytesOf('9039d030')), 'text/xml; charset=gb2312')).toHaveLength(3);
		expect(decodeFeed(bytesOf('81308130'), 'text/xml; charset=gb2312')).toBe('\u0080');
	});
});

describe('who is believed', () => {
	const latin = bytesOf('636166e9');
	test('a byte order mark before all', () => {
		expect(decodeFeed(join('\ufeffcafé'), 'text/xml; charset=iso-8859-1')).toBe('café');
		expect(decodeFeed(bytesOf('fffe630061006600e900'), 'text/xml; charset=utf-8')).toBe('café');
		expect(decodeFeed(bytesOf('feff00630061006600e9'), undefined)).toBe('café');
	});
	test('two-byte text shows itself without a mark', () => {
		expect(decodeFeed(bytesOf('3c007200e900'), undefined)).toBe('<ré');
		expect(decodeFeed(bytesOf('003c007200e9'), 'text/xml')).toBe('<ré');
	});
	test('the header before the declaration', () => {
		const body = join('<?xml version="1.0" encoding="windows-1251"?>', latin);
		expect(decodeFeed(body, 'text/xml; charset="ISO-8859-1"')).toContain('café');
		expect(decodeFeed(body, 'text/xml')).toContain('cafй');
	});
	test('valid UTF-8 before a one-byte label', () => {
		expect(decodeFeed(join('Đà Nẵng'), 'text/xml; charset=iso-8859-1')).toBe('Đà Nẵng');
	});
	test('labels nobody knows and labels that cannot be are passed over', () => {
		expect(decodeFeed(join('Đà Nẵng'), 'text/xml; charset=klingon')).toBe('Đà Nẵng');
		const body = join('<?xml version="1.0" encoding="utf-16"?><a>Đà Nẵng</a>');
		expect(decodeFeed(body, undefined)).toContain('Đà Nẵng');
	});
	test('one cut character does not turn a UTF-8 text into another charset', () => {
		const cut = join(`${'Đà Nẵng '.repeat(50)}`, bytesOf('e1ba'));
		expect(decodeFeed(cut, 'text/xml; charset=utf-8')).toContain('Đà Nẵng');
		expect(decodeFeed(cut, undefined)).toContain('Đà Nẵng');
	});
	test('Shift_JIS, Big5 and windows-1258 by label', () => {
		expect(decodeFeed(bytesOf('93fa967b'), 'text/xml; charset=Shift_JIS')).toBe('日本');
		expect(decodeFeed(bytesOf('a4e5a5f3'), 'text/xml; charset=big5')).toBe('文件');
		expect(decodeFeed(bytesOf('d0e0'), 'text/xml; charset=windows-1258')).toBe('Đà');
	});
});

test('decomposed Vietnamese is composed, control characters go', () => {
	expect(decodeFeed(join('Đa\u0300 Na\u0306\u0303ng\u0000\u0008'), undefined)).toBe('Đà Nẵng');
});
test('nothing is nothing', () => expect(decodeFeed(new Uint8Array(), undefined)).toBe(''));
