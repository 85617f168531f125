import type { MessageKey } from '#lib/words/words.ts';
import { whyNotAnywhere, type Permission } from './policy.ts';
import type { Person } from './roles.ts';

type Entry = Permission | 'public' | 'signed_in';

/**
 * Who may open which route: a page by its route id, an endpoint (`+server.ts`) by method and route id. A route without
 * a line is refused, and routes.test.ts fails; only what lies under `/(public)/` needs none. This is the outer door:
 * each deed asks the policy again, with the team it is about.
 */
export const routePolicy: Record<string, Entry> = {
	'/(app)': 'work.read',
	'/(app)/activity': 'activity.read',
	'/(app)/changes': 'change.read',
	'/(app)/changes/[id]': 'change.read',
	'/(app)/changes/new': 'change.edit',
	'/(app)/evidence': 'evidence.read',
	'/(app)/evidence/[id]': 'evidence.read',
	'/(app)/inbox': 'inbox.read',
	'/(app)/inbox/new': 'item.decide',
	'/(app)/orders': 'order.read',
	'/(app)/orders/[number]': 'order.read',
	'/(app)/orders/new': 'order.edit',
	'/(app)/overview': 'overview.read',
	'/(app)/products': 'product.read',
	'/(app)/products/[sku]': 'product.read',
	'/(app)/rules': 'rule.read',
	'/(app)/rules/[number]': 'rule.read',
	'/(app)/settings': 'account.manage',
	'/(app)/settings/account': 'account.manage',
	'/(app)/settings/people': 'people.manage',
	'/(app)/settings/people/[id]': 'people.manage',
	'/(app)/settings/teams': 'people.manage',
	'/(app)/sources': 'source.read',
	'/(app)/sources/[id]': 'source.read',
	'/(app)/sources/new': 'source.manage',
	'/(app)/work': 'work.read',
	'GET /healthz': 'public',
	'GET /readyz': 'public',
	// Everybody who uses a page, signed in or not, has a language and a look, and may leave.
	'POST /preferences': 'public',
	'POST /sign-out': 'public'
};

/** What a route asks for, or null: nobody. An address that is no route is public, so that its 404 page can help. */
export function permissionFor(routeId: string | null, method = 'GET'): Entry | null {
	if (routeId === null || routeId.startsWith('/(public)/')) return 'public';
	return routePolicy[`${method === 'HEAD' ? 'GET' : method} ${routeId}`] ?? routePolicy[routeId] ?? null;
}

/** Why this person may not open the route, or null. 'refusal.sign_in' means: nobody is signed in, and that might help. */
export function whyNotEnter(
	person: Person | null,
	routeId: string | null,
	method = 'GET'
): MessageKey | null {
	const needed = permissionFor(routeId, method);
	if (needed === 'public') return null;
	if (!person) return 'refusal.sign_in';
	if (needed === null) return 'refusal.role';
	return needed === 'signed_in' ? null : whyNotAnywhere(person, needed);
}
