import { expect, test } from 'vitest';
import { menuFor } from './menu.ts';
import { whyNotEnter } from './routes.ts';
import type { Person } from './roles.ts';

const person = (roles: Person['roles'], teams: string[] = []): Person => ({
	id: 1,
	email: 'x@example.com',
	name: 'X',
	locale: 'vi',
	roles,
	teams: teams.map((team) => ({ team, lead: false }))
});
const hrefs = (who: Person) => menuFor(who).map((entry) => entry.href);

test('staff see their work, the orders and the materials, and no word more', () => {
	expect(hrefs(person([], ['customs']))).toEqual(['/', '/work', '/orders', '/evidence', '/settings']);
});

test('management sees the overview and the orders', () => {
	expect(hrefs(person(['management']))).toEqual(['/overview', '/orders', '/settings']);
});

test('a lead of a team who is also management sees both', () => {
	expect(hrefs(person(['management'], ['sales']))).toEqual([
		'/',
		'/overview',
		'/work',
		'/orders',
		'/evidence',
		'/settings'
	]);
});

test('nobody is led to a page that would refuse them', () => {
	const everyone = [
		person([]),
		person([], ['sales']),
		person(['admin']),
		person(['compliance']),
		person(['management'])
	];
	for (const who of everyone) {
		const refused = hrefs(who).filter((href) => whyNotEnter(who, `/(app)${href === '/' ? '' : href}`));
		expect(refused, who.roles.join() || 'staff').toEqual([]);
	}
});
