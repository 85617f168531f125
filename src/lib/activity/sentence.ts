import { isLocale, type Args, type LocalizedText, type MessageKey, type Words } from '#lib/words/words.ts';
import type { Deed } from './deeds.ts';

/** A row of the activity, as far as its sentence needs it. */
export interface Told {
	deed: Deed;
	/** Null: the system did it. */
	person: string | null;
	data: Record<string, unknown>;
}

/**
 * The sentence of a deed, `deed.<name>`, with `who` and what was recorded: texts in several languages in this one, and
 * whatever an old row does not hold left out. Beyond its data a message may ask `said`, `named` and `carried` (yes, no:
 * whether there are words, a name, work that was carried), and a title names the product it is about.
 */
export function sentenceOf(row: Told, words: Words): string {
	const args: Args = { who: row.person ?? words.t('activity.system') };
	for (const [name, value] of Object.entries(row.data)) args[name] = spoken(value, words);
	if (args.title && args.sku) args.title = `${args.title} · ${args.sku}`;
	args.said = args.words ? 'yes' : 'no';
	args.carried = args.carriedFrom ? 'yes' : 'no';
	args.named = args.name ? 'yes' : 'no';
	return words.t(`deed.${row.deed}` as MessageKey, args);
}

function spoken(value: unknown, words: Words): string | number {
	if (typeof value === 'number' || typeof value === 'string') return value;
	if (Array.isArray(value)) return words.list(value.map((part) => String(spoken(part, words))));
	return isText(value) ? words.name(value) : '';
}

function isText(value: unknown): value is LocalizedText {
	return typeof value === 'object' && value !== null && Object.keys(value).some(isLocale);
}
