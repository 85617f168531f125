import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import { compiled } from './message.ts';
import vi from './vi.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

const catalogs = { en, 'zh-CN': zh, vi };

/** Values a message may be given: counts around every boundary, and each word its choices know. */
function tries(message: string): Record<string, string | number>[] {
	const names = [...new Set([...message.matchAll(/\{\s*(\w+)\s*(?:,|\})/g)].map((found) => found[1]!))];
	const choices = [...message.matchAll(/(\w+)\s*,\s*select\s*,([^]*)/g)].flatMap(([, name, rest]) =>
		[...rest!.matchAll(/(\w+)\s*\{/g)].map((found) => ({ [name!]: found[1]! }))
	);
	const counts = [0, 1, 2, 5, 30, 1234, 1_000_000].map((count) =>
		Object.fromEntries(names.map((name) => [name, count]))
	);
	const words = Object.fromEntries(names.map((name) => [name, 'yes']));
	return [
		...counts,
		...choices.map((choice) => ({ ...counts[2]!, ...choice })),
		...(counts.length ? [words] : [])
	];
}

describe.each(Object.entries(catalogs))('every message of %s', (locale, catalog) => {
	it('says what the whole ICU reader says', () => {
		for (const [key, message] of Object.entries(catalog)) {
			if (!message.includes('{')) continue;
			const ours = compiled(message, locale);
			const theirs = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
			const numeric = /,\s*(plural|number)/.test(message);
			for (const values of tries(message)) {
				if (numeric && Object.values(values).some((value) => value === 'yes')) continue;
				expect(ours(values), `${key} ${JSON.stringify(values)}`).toBe(String(theirs.format(values)));
			}
		}
	});
});

describe('a message', () => {
	it('gives nothing for a value it was not given', () => {
		expect(compiled('{who} said it{why, select, none {} other {: {why}}}', 'en')({ why: 'none' })).toBe(
			' said it'
		);
	});

	it('counts in the inner choice, and keeps a # outside of one', () => {
		const text =
			'#{n, plural, =0 {none} one {# thing, {m, plural, one {# more} other {# more}}} other {# things}}';
		expect(compiled(text, 'en')({ n: 1, m: 1200 })).toBe('#1 thing, 1,200 more');
		expect(compiled(text, 'en')({ n: 0, m: 0 })).toBe('#none');
	});
});
