import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import type { Leaf } from './leaf.ts';

/** How a page names what a leaf knows by its key. */
export interface Names {
	place(key: string): string;
	category(code: string): string;
	country(code: string): string;
}

/** The reason of a leaf as a sentence. `near` is the day the page is about: dates of its year show no year. */
export function leafText(leaf: Leaf, words: Words, names: Names, near?: PlainDate): string {
	const args = Object.entries(leaf.args).map(([name, value]) => [name, worded(name, value)]);
	return words.t(leaf.because, Object.fromEntries(args));

	function worded(name: string, value: string): string {
		if (!value) return '';
		if (leaf.leaf === 'place' && (name === 'place' || name === 'named')) return names.place(value);
		if (name === 'category') return names.category(value);
		if (leaf.leaf === 'origin') return names.country(value);
		return ['day', 'from', 'until', 'joined'].includes(name) ? words.day(value, near) : value;
	}
}
