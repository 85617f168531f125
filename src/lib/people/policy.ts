import type { MessageKey } from '#lib/words/words.ts';
import type { Person, Role } from './roles.ts';

/**
 * Who a permission is for. A role; `everyone` who is signed in; `some_team`: whoever belongs to a team; `its_team` and
 * `its_lead`: member (or lead) of the very team the thing belongs to.
 */
type Who = Role | 'everyone' | 'some_team' | 'its_team' | 'its_lead';

/**
 * The one policy table. Pages, API and tests ask it; what is not listed for a person is refused. Management reads and
 * decides but edits nothing; an admin reads and runs people, teams and settings.
 */
const policy = {
	'account.manage': ['everyone'],
	'activity.read': ['compliance', 'management', 'admin'],
	'api.use': ['everyone'],
	'change.edit': ['compliance'],
	'change.publish': ['compliance'],
	'change.read': ['everyone'],
	'change.withdraw': ['compliance'],
	'checklist.accept': ['compliance', 'its_lead'],
	'checklist.approve_release': ['management'],
	'checklist.assign': ['compliance', 'its_team'],
	'checklist.not_needed': ['compliance'],
	'checklist.prepare': ['its_team'],
	'checklist.release': ['its_team'],
	'checklist.reopen': ['compliance', 'its_team'],
	'checklist.return': ['compliance', 'its_lead'],
	'claim.promote': ['compliance'],
	'comment.add': ['some_team', 'compliance', 'management'],
	'evidence.add': ['some_team', 'compliance'],
	'evidence.read': ['everyone'],
	'inbox.read': ['compliance', 'management', 'admin'],
	'item.decide': ['compliance'],
	'order.edit': ['some_team', 'compliance'],
	'order.read': ['everyone'],
	'overview.read': ['compliance', 'management', 'admin'],
	'people.manage': ['admin'],
	'people.read': ['everyone'],
	'product.edit': ['some_team', 'compliance'],
	'product.read': ['everyone'],
	'rule.read': ['everyone'],
	'settings.manage': ['admin'],
	'source.manage': ['compliance'],
	'source.read': ['everyone'],
	'stance.set': ['management'],
	'work.read': ['everyone']
} satisfies Record<string, readonly Who[]>;

export type Permission = keyof typeof policy;
export const permissions = Object.keys(policy) as Permission[];

/** The team a thing belongs to. Without it, what only that team may do is refused: see `mayAnywhere`. */
export interface About {
	team?: string;
}

export function may(person: Person | null, permission: Permission, about: About = {}): boolean {
	return person !== null && whoMay(permission).some((who) => is(person, who, about));
}

/** Why this person may not, or null when they may. Pages explain with it, the server refuses with it. */
export function whyNot(person: Person | null, permission: Permission, about: About = {}): MessageKey | null {
	if (!person) return 'refusal.sign_in';
	return may(person, permission, about) ? null : reason(permission);
}

/** Whether there is a team for whose things this person may do it: what menus and the guard of a route ask. */
export function mayAnywhere(person: Person | null, permission: Permission): boolean {
	return may(person, permission) || !!person?.teams.some(({ team }) => may(person, permission, { team }));
}

export function whyNotAnywhere(person: Person | null, permission: Permission): MessageKey | null {
	if (!person) return 'refusal.sign_in';
	return mayAnywhere(person, permission) ? null : reason(permission);
}

function is(person: Person, who: Who, { team }: About): boolean {
	switch (who) {
		case 'everyone':
			return true;
		case 'some_team':
			return person.teams.length > 0;
		case 'its_team':
			return person.teams.some((mine) => mine.team === team);
		case 'its_lead':
			return person.teams.some((mine) => mine.team === team && mine.lead);
		default:
			return person.roles.includes(who);
	}
}

function whoMay(permission: Permission): readonly Who[] {
	return policy[permission] ?? [];
}

/** Names those who may, so that the person knows whom to ask. */
function reason(permission: Permission): MessageKey {
	const allowed = whoMay(permission);
	if (allowed.includes('its_team')) return 'refusal.other_team';
	if (allowed.includes('its_lead')) return 'refusal.lead_or_compliance';
	if (allowed.length > 1) return 'refusal.role';
	return only[allowed[0] as Role] ?? 'refusal.role';
}

const only = {
	admin: 'refusal.admin_only',
	compliance: 'refusal.compliance_only',
	management: 'refusal.management_only'
} as const satisfies Record<Role, MessageKey>;
