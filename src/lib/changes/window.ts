import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import type { Bound } from './effects.ts';

/** The days of a part in words: `from Tue 1 Dec 2026, no end assumed`. What nobody knows is said, never guessed. */
export function windowText(words: Words, from: Bound, until: Bound, near?: PlainDate): string {
	if (from === null && until === null) return words.t('window.as_the_measure');
	return words.t('window.both', { from: begins(words, from, near), until: ends(words, until, near) });
}

function begins(words: Words, from: Bound, near?: PlainDate): string {
	if (from === 'unknown') return words.t('window.from_unknown');
	return from === null ? words.t('window.from_none') : words.t('window.from', { day: words.day(from, near) });
}

function ends(words: Words, until: Bound, near?: PlainDate): string {
	if (until === 'unknown') return words.t('window.until_unknown');
	return until === null
		? words.t('window.until_none')
		: words.t('window.until', { day: words.day(until, near) });
}
