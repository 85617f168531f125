import type { Locale } from '#lib/words/words.ts';

export interface Entry {
	key: string;
	term: Record<Locale, string>;
	meaning: Record<Locale, string>;
}

/** Entries that say it in any language, by term or meaning; in Vietnamese also typed without its marks. */
export function findTerms<E extends Entry>(entries: readonly E[], asked: string): readonly E[] {
	const wanted = bare(asked.trim());
	if (!wanted) return entries;
	return entries.filter(({ term, meaning }) =>
		[...Object.values(term), ...Object.values(meaning)].some((text) => bare(text).includes(wanted))
	);
}

/** Without case and marks; đ has no mark that falls off, it is a letter. */
function bare(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}
