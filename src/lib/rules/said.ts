import type { PartKind, Reading } from '#lib/changes/parts.ts';
import type { LocalizedText, MessageKey, Words } from '#lib/words/words.ts';
import { percentOf } from './percent.ts';

/** What a part names, in words: the place, the country, the materials, the rate in percent. */
export function valueName(
	words: Words,
	{ part, value, name }: { part: PartKind; value: string; name: LocalizedText | null }
): string {
	if (name) return words.name(name);
	switch (part) {
		case 'origin':
		case 'origin_unclear':
			return new Intl.DisplayNames(words.locale, { type: 'region' }).of(value) ?? value;
		case 'rate':
			return `${words.number(Number(percentOf(value)), { maximumFractionDigits: 6 })} %`;
		case 'condition':
			return conditionName(words, value);
		default:
			return value;
	}
}

/** A condition that ships has a name in every language; one that a person made up is shown by its key. */
export function conditionName(words: Words, key: string): string {
	const message = `condition.${key}` as MessageKey;
	const named = words.t(message);
	return named === message ? key : named;
}

/** A part as a sentence of the rule book, without its days. */
export function sentenceOf(
	words: Words,
	part: { part: PartKind; value: string; name: LocalizedText | null }
): string {
	if (part.part === 'reading') return words.t(`rules.reading.${part.value as Reading}`);
	return words.t(`rules.says.${part.part}`, { value: valueName(words, part) });
}
