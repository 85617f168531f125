import { z } from 'zod';
import { line, OptionalDay, prose } from './draft.ts';
import { statements } from './words.ts';

/**
 * What supports a claim. `from` is `item:12` (something read; its newest text is searched for the quote) or `source:3`.
 * Exactly one of `quote` and `summary`: the words as they stand there, or ours where the text may not be kept.
 */
export const Attestation = z
	.object({
		from: z.string().regex(/^(item|source):\d{1,9}$/, 'claims.choose_source'),
		quote: prose(4_000).default(''),
		summary: prose(4_000).default(''),
		statement: z.enum(statements),
		asOf: OptionalDay,
		/** An existing origin whose text this one copies; empty: an origin of its own. */
		originGroup: prose(200).default('')
	})
	.check((context) => {
		const { quote, summary, from } = context.value;
		const wrong = (path: string, message: string) =>
			context.issues.push({ code: 'custom', input: context.value, path: [path], message });
		if (!quote && !summary) wrong('quote', 'claims.quote_or_summary');
		else if (quote && summary) wrong('summary', 'claims.not_both');
		else if (quote && !from.startsWith('item:')) wrong('quote', 'claims.quote_needs_item');
		else if (quote && quote.length < 8) wrong('quote', 'claims.quote_short');
	});
export type Attestation = z.infer<typeof Attestation>;

/** A claim: what is said of what, in a form that can be compared, and in a sentence of ours. */
export const ClaimWords = z.object({
	subject: line(80),
	predicate: line(80),
	value: line(500),
	paraphrase: line(1_000)
});
export type ClaimWords = z.infer<typeof ClaimWords>;
