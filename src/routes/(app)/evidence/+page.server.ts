import { libraryFilters } from '#lib/evidence/library.ts';
import { coveredProducts, listEvidence } from '#lib/evidence/library.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, words, today } = locals;
	const filters = libraryFilters(url.searchParams);
	const [{ rows, next }, products] = await Promise.all([
		listEvidence(db, words, filters, today),
		coveredProducts(db)
	]);
	return { rows, next, filters, products };
};
