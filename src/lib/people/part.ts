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
	return parts.length ? words.list(parts) : words.t('people.no_part');
}
