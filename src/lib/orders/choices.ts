import type { Words } from '#lib/words/words.ts';
import type { Choices } from './read.server.ts';

/** What the form of an order offers, in the person's language and its order. */
export function shownChoices({ places, products, importers }: Choices, words: Words) {
	return {
		places: places
			.map(({ key, names, kind }) => ({ key, kind, name: words.name(names) || key }))
			.sort((a, b) => words.compare(a.name, b.name)),
		products: products.map(({ sku, names }) => ({ sku, name: words.name(names) })),
		importers
	};
}
