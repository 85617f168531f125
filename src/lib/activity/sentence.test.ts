import { describe, expect, it } from 'vitest';
import { catalogs } from '#lib/words/catalogs.ts';
import { locales, wordsFor, type Locale } from '#lib/words/words.ts';
import { deeds } from './deeds.ts';
import { sentenceOf } from './sentence.ts';

async function wordsIn(locale: Locale) {
	return wordsFor(locale, await catalogs[locale](), 'Asia/Ho_Chi_Minh');
}

describe.each(locales)('in %s', (locale) => {
	it.each(deeds)('%s has a sentence that names who did it', async (deed) => {
		const words = await wordsIn(locale);
		const said = sentenceOf({ deed, person: 'Lin Yutong', data: {} }, words);
		expect(said).toContain('Lin Yutong');
		expect(said).not.toContain(`deed.${deed}`);
	});
});

describe('the sentence of work that was carried', () => {
	const data = {
		title: { en: 'Origin map', 'zh-CN': '来源地图', vi: 'Bản đồ xuất xứ' },
		sku: 'QL-SN-P10',
		orders: 2,
		carriedFrom: 'DEMO-VN-001'
	};

	it.each([
		['en', 'Zhou Mingzhe accepted “Origin map · QL-SN-P10” on 2 orders (carried from DEMO-VN-001)'],
		['zh-CN', 'Zhou Mingzhe 复核通过了“来源地图 · QL-SN-P10”，共 2 个订单（沿用自 DEMO-VN-001）'],
		[
			'vi',
			'Zhou Mingzhe đã chấp nhận “Bản đồ xuất xứ · QL-SN-P10” cho 2 đơn hàng (dùng chung từ DEMO-VN-001)'
		]
	] as const)('names the product, the orders and where it comes from: %s', async (locale, sentence) => {
		const row = { deed: 'checklist.accepted' as const, person: 'Zhou Mingzhe', data };
		expect(sentenceOf(row, await wordsIn(locale))).toBe(sentence);
	});

	it('leaves out what an older row does not hold', async () => {
		const row = {
			deed: 'checklist.assigned' as const,
			person: null,
			data: { title: { en: 'Map' }, name: null }
		};
		expect(sentenceOf(row, await wordsIn('en'))).toBe('Ruleline gave “Map” to nobody');
	});
});
