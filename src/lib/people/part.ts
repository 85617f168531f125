import type { LocalizedText, Words } from '#lib/words/words.ts';
import type { Person } from './roles.ts';

/** What a person does here, in words: "Compliance, lead of Documentation". `names`: the teams' names by key. */
export function partOf(
	{ roles, teams }: Pick<Person, 'roles' | 'teams'>,
	names: Record<string, LocalizedText>,
	words: Words
): string {
	const parts = [
		...roles.map((role) => words.t(`role.${role}`)),
		...teams.map(({ team, lead }) => {
			const name = words.name(names[team]) || team;
			return lead ? words.t('people.lead_of', { team: name }) : name;
		})
	];
	// Role and team may be called the same: once is enough.
	const said = words.list([...new Set(parts)]);
	return said ? said[0]!.toLocaleUpperCase(words.locale) + said.slice(1) : words.t('people.no_part');
}
