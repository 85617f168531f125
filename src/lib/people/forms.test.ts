import { expect, test } from 'vitest';
import en from '#lib/words/en.json' with { type: 'json' };
import { wordsFor } from '#lib/words/words.ts';
import { PersonForm } from './forms.ts';
import { partOf } from './part.ts';

const typed = { name: ' Trần Lan ', email: ' lan@example.com ', locale: 'vi' };

test('parts in teams are read from the form; no part says nothing', () => {
	expect(PersonForm.parse({ ...typed, roles: ['admin'], teams: ['', 'customs', 'sales:lead'] })).toEqual({
		name: 'Trần Lan',
		email: 'lan@example.com',
		locale: 'vi',
		roles: ['admin'],
		teams: [
			{ team: 'customs', lead: false },
			{ team: 'sales', lead: true }
		]
	});
	expect(PersonForm.parse(typed)).toMatchObject({ roles: [], teams: [] });
});

test.each([
	[{ email: 'lan' }, 'email'],
	[{ email: 'lan @example.com' }, 'email'],
	[{ name: '  ' }, 'name'],
	[{ locale: 'fr' }, 'locale'],
	[{ roles: ['root'] }, 'roles']
])('%j is refused beside its field', (part, field) => {
	const refused = PersonForm.safeParse({ ...typed, ...part });
	expect(refused.error?.issues[0]?.path[0]).toBe(field);
});

test('what a person does here reads as words', () => {
	const words = wordsFor('en', en, 'UTC');
	const names = { customs: { en: 'Customs', vi: 'Hải quan' } };
	const part = partOf({ roles: ['compliance'], teams: [{ team: 'customs', lead: true }] }, names, words);
	expect(part).toBe('Compliance and lead of Customs');
	expect(partOf({ roles: [], teams: [{ team: 'gone', lead: false }] }, names, words)).toBe('Gone');
	const compliance = { roles: ['compliance' as const], teams: [{ team: 'compliance', lead: false }] };
	expect(partOf(compliance, { compliance: { en: 'Compliance' } }, words)).toBe('Compliance');
	expect(partOf({ roles: [], teams: [{ team: 'customs', lead: true }] }, names, words)).toBe(
		'Lead of Customs'
	);
	expect(partOf({ roles: [], teams: [] }, names, words)).toBe('Reads only');
});
