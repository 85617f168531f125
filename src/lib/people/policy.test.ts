import { expect, test } from 'vitest';
import { may, mayAnywhere, permissions, whyNot, type Permission } from './policy.ts';
import type { Person } from './roles.ts';

const person = (part: Partial<Person>): Person => ({
	id: 1,
	email: 'x@example.com',
	name: 'X',
	locale: 'en',
	roles: [],
	teams: [],
	...part
});
const cast = {
	admin: person({ roles: ['admin'] }),
	compliance: person({ roles: ['compliance'] }),
	management: person({ roles: ['management'] }),
	lead: person({ teams: [{ team: 'documentation', lead: true }] }),
	member: person({ teams: [{ team: 'documentation', lead: false }] }),
	other: person({ teams: [{ team: 'customs', lead: true }] }),
	reader: person({})
};
const everybody = Object.keys(cast);

/** Who may do what to a thing of the documentation team. */
const expected: Record<Permission, string[]> = {
	'account.manage': everybody,
	'activity.read': ['admin', 'compliance', 'management'],
	'api.use': everybody,
	'change.edit': ['compliance'],
	'change.publish': ['compliance'],
	'change.read': everybody,
	'change.withdraw': ['compliance'],
	'checklist.accept': ['compliance', 'lead'],
	'checklist.approve_release': ['management'],
	'checklist.assign': ['compliance', 'lead', 'member'],
	'checklist.not_needed': ['compliance'],
	'checklist.prepare': ['lead', 'member'],
	'checklist.release': ['lead', 'member'],
	'checklist.reopen': ['compliance', 'lead', 'member'],
	'checklist.return': ['compliance', 'lead'],
	'claim.promote': ['compliance'],
	'comment.add': ['compliance', 'lead', 'management', 'member', 'other'],
	'evidence.add': ['compliance', 'lead', 'member', 'other'],
	'evidence.read': everybody,
	'inbox.read': ['admin', 'compliance', 'management'],
	'item.decide': ['compliance'],
	'order.edit': ['compliance', 'lead', 'member', 'other'],
	'order.read': everybody,
	'overview.read': ['admin', 'compliance', 'management'],
	'people.manage': ['admin'],
	'people.read': everybody,
	'product.edit': ['compliance', 'lead', 'member', 'other'],
	'product.read': everybody,
	'rule.read': everybody,
	'settings.manage': ['admin'],
	'source.manage': ['compliance'],
	'source.read': everybody,
	'stance.set': ['management'],
	'work.read': everybody
};

test.each(permissions)('%s', (permission) => {
	const allowed = Object.entries(cast).filter(([, who]) => may(who, permission, { team: 'documentation' }));
	expect(allowed.map(([name]) => name).sort()).toEqual([...expected[permission]].sort());
	expect(may(null, permission)).toBe(false);
});

test('without the team it is about, what a team may do is refused', () => {
	expect(may(cast.member, 'checklist.prepare')).toBe(false);
	expect(mayAnywhere(cast.member, 'checklist.prepare')).toBe(true);
	expect(mayAnywhere(cast.compliance, 'checklist.prepare')).toBe(false);
});

test('what nobody listed is refused to everybody', () => {
	for (const who of Object.values(cast)) expect(may(who, 'moon.sell' as Permission)).toBe(false);
});

test.each([
	['reader', 'people.manage', 'refusal.admin_only'],
	['admin', 'change.publish', 'refusal.compliance_only'],
	['compliance', 'stance.set', 'refusal.management_only'],
	['other', 'checklist.prepare', 'refusal.other_team'],
	['member', 'checklist.accept', 'refusal.lead_or_compliance'],
	['reader', 'overview.read', 'refusal.role'],
	['lead', 'checklist.accept', null]
] as const)('%s and %s: %s', (name, permission, reason) => {
	expect(whyNot(cast[name], permission, { team: 'documentation' })).toBe(reason);
	expect(whyNot(null, permission)).toBe('refusal.sign_in');
});
