import type { Words } from '#lib/words/words.ts';

/** The value of a claim for reading: text as it is, a list as a list, a record as `key: value`. */
export function valueText(words: Words, value: unknown): string {
	if (Array.isArray(value)) return words.list(value.map((one) => valueText(words, one)));
	if (typeof value === 'object' && value !== null)
		return Object.entries(value)
			.map(([name, one]) => `${name}: ${valueText(words, one)}`)
			.join(', ');
	return String(value ?? '');
}
