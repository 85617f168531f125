/**
 * What a person may do beyond being a member or lead of teams. `admin`: people, teams, settings. `compliance`: sources,
 * changes, accepts. `management`: reads all, stance, releases.
 */
export const roles = ['admin', 'compliance', 'management'] as const;
export type Role = (typeof roles)[number];

/** The acting person, as every deed receives it. */
export interface Person {
	id: number;
	email: string;
	name: string;
	locale: import('#lib/words/words.ts').Locale;
	roles: Role[];
	teams: { team: string; lead: boolean }[];
}
