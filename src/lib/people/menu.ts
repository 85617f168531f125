import type { MessageKey } from '#lib/words/words.ts';
import type { Person, Role } from './roles.ts';

export type MenuIcon =
	| 'today'
	| 'inbox'
	| 'sources'
	| 'changes'
	| 'rules'
	| 'orders'
	| 'work'
	| 'materials'
	| 'products'
	| 'overview'
	| 'activity'
	| 'settings'
	| 'help';

export interface MenuEntry {
	href: string;
	label: MessageKey;
	icon: MenuIcon;
}

/** `staff`: everybody without a role, and whoever belongs to a team. */
type Audience = Role | 'staff';

/** In the order of the week's work. Nobody meets a word they do not need. */
const entries: readonly (MenuEntry & { for: readonly Audience[] })[] = [
	{ href: '/', label: 'menu.today', icon: 'today', for: ['staff', 'compliance', 'admin'] },
	{ href: '/overview', label: 'menu.overview', icon: 'overview', for: ['management', 'compliance', 'admin'] },
	{ href: '/work', label: 'menu.work', icon: 'work', for: ['staff', 'compliance'] },
	{
		href: '/orders',
		label: 'menu.orders',
		icon: 'orders',
		for: ['staff', 'compliance', 'management', 'admin']
	},
	{ href: '/evidence', label: 'menu.materials', icon: 'materials', for: ['staff', 'compliance'] },
	{ href: '/inbox', label: 'menu.inbox', icon: 'inbox', for: ['compliance'] },
	{ href: '/sources', label: 'menu.sources', icon: 'sources', for: ['compliance'] },
	{ href: '/changes', label: 'menu.changes', icon: 'changes', for: ['compliance'] },
	{ href: '/rules', label: 'menu.rules', icon: 'rules', for: ['compliance'] },
	{ href: '/products', label: 'menu.products', icon: 'products', for: ['compliance'] },
	{ href: '/activity', label: 'menu.activity', icon: 'activity', for: ['compliance', 'admin'] },
	{
		href: '/settings',
		label: 'menu.settings',
		icon: 'settings',
		for: ['staff', 'compliance', 'management', 'admin']
	}
];

/** The navigation of one person: what any of their roles and teams calls for. */
export function menuFor(person: Person): MenuEntry[] {
	const audiences = new Set<Audience>(person.roles);
	if (person.teams.length > 0 || person.roles.length === 0) audiences.add('staff');
	return entries
		.filter((entry) => entry.for.some((audience) => audiences.has(audience)))
		.map(({ href, label, icon }) => ({ href, label, icon }));
}
