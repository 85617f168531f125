import { error } from '@sveltejs/kit';
import { Refusal } from '#lib/refusal.ts';
import type { Words } from '#lib/words/words.ts';
import { sentence } from './form.server.ts';

/** For the `load` of a page: a refusal becomes the error page with its own status and words. */
export async function orErrorPage<Result>(words: Words, work: Promise<Result>): Promise<Result> {
	try {
		return await work;
	} catch (thrown) {
		if (thrown instanceof Refusal) error(thrown.status, sentence(thrown, words));
		throw thrown;
	}
}

/** A record's id in an address; what is no number is the id of nothing. */
export function idOf(text: string | undefined): number {
	return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}
