import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };
import { wordsFor, type Catalog } from './words.ts';

const zone = 'Asia/Ho_Chi_Minh';
const catalogs: Record<string, Record<string, string>> = { en, 'zh-CN': zh, vi };

/** Names a message asks for; a plural's or a choice's inner words are part of the language. */
function asked(message: string): string[] {
	return [...new Set([...message.matchAll(/\{\s*(\w+)\s*(?:,|\})/g)].map((match) => match[1]!))].sort();
}

describe('the message files', () => {
	it.each(['zh-CN', 'vi'])('%s says everything English says, and nothing else', (locale) => {
		expect(Object.keys(catalogs[locale]!).sort()).toEqual(Object.keys(en).sort());
	});

	it.each(['zh-CN', 'vi'])('%s asks for no word that English does not give', (locale) => {
		const strange = Object.entries(en).flatMap(([key, message]) => {
			const own = asked(catalogs[locale]![key]!);
			const given = asked(message);
			return own.every((name) => given.includes(name)) ? [] : [`${key}: ${own} / ${given}`];
		});
		expect(strange).toEqual([]);
	});

	it('can be spoken, every message in every language', () => {
		for (const [locale, catalog] of Object.entries(catalogs)) {
			const words = wordsFor(locale as 'en', catalog as Catalog, zone);
			for (const [key, message] of Object.entries(catalog)) {
				const args = Object.fromEntries(asked(message).map((name) => [name, 2]));
				expect(() => words.t(key as never, args), `${locale} ${key}: ${message}`).not.toThrow();
			}
		}
	});

	it('never says of the rule what nobody may say', () => {
		const forbidden = /\b(compliant|certified for|approved by|exempt(ed)?)\b/i;
		expect(Object.entries(en).filter(([, message]) => forbidden.test(message))).toEqual([]);
	});
});

describe('money in words', () => {
	const words = wordsFor('en', en, zone);

	it('shows cents on both ends of a range where either has some', () => {
		expect(words.range(570_000, 580_230, 'USD')).toBe('5,700.00–5,802.30 USD');
		expect(words.range(570_000, 580_200, 'USD')).toBe('5,700–5,802 USD');
		expect(words.range(0, 238_244, 'USD')).toBe('0–2,382.44 USD');
		expect(words.range(100, 100, 'USD')).toBe('1 USD');
		expect(words.range(5_000, 70_000, 'VND')).toBe('5,000–70,000 VND');
	});
});

describe('days in words', () => {
	it('names the weekday, and the year when it is another', () => {
		const words = wordsFor('en', en, zone);
		expect(words.day('2026-12-11', '2026-11-23')).toBe('Fri 11 Dec');
		expect(words.day('2028-03-09', '2026-11-23')).toBe('Thu 9 Mar 2028');
		expect(words.day(null)).toBe('');
	});
});
