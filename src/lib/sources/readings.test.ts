import { describe, expect, it } from 'vitest';
import type { FeedItem } from './feed/feed.ts';
import { readingOfText, readingsOf } from './readings.server.ts';

const silent = { id: undefined, title: undefined, link: undefined, published: undefined, updated: undefined };

function read(...items: Partial<FeedItem>[]) {
	const whole = items.map((item) => ({ ...silent, content: undefined, ...item }));
	return readingsOf({ title: 'Feed', link: undefined, items: whole });
}

describe('readings of a feed', () => {
	it('name an item without a title after its number and first sentence', () => {
		const [reading] = read({
			link: 'https://congbao.example/van-ban/00-2026-qd-ttg.htm',
			content: '<p>Quyết định về danh mục linh kiện. Điều 1 quy định.</p>'
		});
		expect(reading).toMatchObject({
			title: '00/2026/QĐ-TTg: Quyết định về danh mục linh kiện',
			titleMade: true
		});
		expect(reading!.text).toBe('Quyết định về danh mục linh kiện. Điều 1 quy định.');
		expect(reading!.language).toBe('vi');
	});

	it.each([
		['https://vb.example/van-ban/thong-tu-so-12-2026-tt-bct-48213.htm', '12/2026/TT-BCT'],
		['https://vb.example/nghi-dinh-15-2026-nd-cp/', '15/2026/NĐ-CP'],
		['https://vb.example/2026-11-21-news', 'https://vb.example/2026-11-21-news']
	])('read %s as %s', (link, title) => {
		expect(read({ link })[0]).toMatchObject({ title, titleMade: true });
	});

	it('keep titles and texts as words, whatever markup they came in', () => {
		const content = '<p>Port &amp; sea</p><script>steal()</script><img src=x onerror=alert(1)><p>Second</p>';
		expect(read({ id: '1', title: 'News', content })[0]!.text).toBe('News\nPort & sea\nSecond');
	});

	it('leave a missing date missing', () => {
		expect(read({ id: '1', title: 'Rice' })[0]!.publishedAt).toBeNull();
	});

	it('tell entries apart that all bear one id', () => {
		const identities = read(
			{ id: 'same', title: 'One', link: 'https://a.example/1' },
			{ id: 'same', title: 'Two', link: 'https://a.example/2' },
			{ id: 'same', title: 'Three' }
		).map(({ identity }) => identity);
		expect(new Set(identities).size).toBe(3);
		expect(identities[0]).toBe('https://a.example/1');
	});

	it('keep an id of any length small enough for an index', () => {
		expect(read({ id: 'x'.repeat(9_000), title: 'Long' })[0]!.identity).toMatch(/^sha256:[0-9a-f]{64}$/);
	});

	it('leave out what says nothing', () => {
		expect(read({ id: '1' })).toEqual([]);
	});
});

describe('the language of a text', () => {
	it.each([
		['岘港是否纳入 ISO 14067 试点', 'zh-CN'],
		['Cơ quan hải quan kiểm tra đường dẫn', 'vi'],
		['A circular says the pilot (Đà Nẵng) will also apply to electronic components from December', 'en'],
		['12.11.2026', null]
	])('of %s is guessed as %s', (text, language) => {
		const typed = readingOfText({ title: text, text: '', link: null, publishedAt: null });
		expect(typed.language).toBe(language);
	});
});
