import { describe, expect, it } from 'vitest';
import en from '#lib/words/en.json';
import vi from '#lib/words/vi.json';
import zh from '#lib/words/zh-CN.json';
import { wordsFor, type Catalog } from '#lib/words/words.ts';
import { daNang, pilot, placeOf, placesByKey } from '../../../tests/support/pilot.ts';
import { judgeLine } from './applicability.ts';
import { foldRule } from './fold.ts';
import { leafText } from './leaf-words.ts';

const names = {
	place: (key: string) => ({ VNDAD: 'Da Nang', VNSGN: 'Ho Chi Minh City', VNTOT: 'Cai Mep' })[key] ?? key,
	category: (code: string) => code,
	country: (code: string) => code
};
const catalogs: Record<string, Catalog> = { en, 'zh-CN': zh, vi };

function said(locale: 'en' | 'zh-CN' | 'vi', place: string, day: string | null, changes = [pilot]) {
	const goods = { category: 'connector', notElectronic: false, originCountry: 'MY' };
	const journey = { place: placeOf(place), exporterCountry: 'CN', loadingCountry: 'CN' };
	const { leaves } = judgeLine(foldRule('m', changes), goods, journey, placesByKey, day);
	const words = wordsFor(locale, catalogs[locale]!, 'Asia/Ho_Chi_Minh');
	return Object.fromEntries(leaves.map((leaf) => [leaf.leaf, leafText(leaf, words, names, '2026-11-23')]));
}

describe('the reasons of a judgement', () => {
	it('are sentences', () => {
		expect(said('en', 'VNDAD', '2026-12-11')).toEqual({
			origin: 'Made in MY, sold from CN, loaded in CN: the report does not say which of the three decides.',
			category: 'connector is not among the 3 named of 12 categories; it may be one of the others.',
			place: 'Da Nang is not among the places the report names.',
			date: 'Customs declaration expected Fri 11 Dec, within the reported period.'
		});
		expect(said('en', 'VNDAD', '2026-11-25', [pilot, daNang]).date).toBe(
			'For this place the measure is reported to start on Tue 1 Dec; customs declaration is expected Wed 25 Nov.'
		);
	});

	it('leave no word of code and no gap in any language', () => {
		for (const locale of ['en', 'zh-CN', 'vi'] as const) {
			for (const place of ['VNDAD', 'VNTOT', 'VNSGN']) {
				for (const day of ['2026-12-11', '2026-07-01', null]) {
					for (const text of Object.values(said(locale, place, day)))
						expect(text).not.toMatch(/[{}]|leaf\.|undefined| {2}|^$/);
				}
			}
		}
	});
});
