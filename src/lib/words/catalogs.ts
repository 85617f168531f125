import type { Catalog, Locale } from './words.ts';

/**
 * One message file a language; a page loads the one it speaks. A new language is its file and its line here
 * (and its name in `locales`): the record does not compile without it.
 */
export const catalogs = {
	en: async () => (await import('./en.json')).default,
	'zh-CN': async () => (await import('./zh-CN.json')).default,
	vi: async () => (await import('./vi.json')).default
} satisfies Record<Locale, () => Promise<Catalog>>;
