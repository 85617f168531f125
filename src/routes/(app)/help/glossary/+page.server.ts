import glossary from '#lib/starter/glossary.json';
import { locales } from '#lib/words/words.ts';
import { findTerms } from './find.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const { words, locale } = locals;
	const asked = (url.searchParams.get('q') ?? '').slice(0, 80);
	const others = locales.filter((other) => other !== locale);
	const found = findTerms(glossary, asked).map(({ key, term, meaning }) => ({
		key,
		term: term[locale],
		meaning: meaning[locale],
		others: others.map((other) => ({ lang: other, term: term[other] }))
	}));
	return {
		asked,
		total: glossary.length,
		terms: found.sort((a, b) => words.compare(a.term, b.term))
	};
};
