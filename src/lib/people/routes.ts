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
	'/(app)/help': 'signed_in',
	'/(app)/help/glossary': 'signed_in',
	'/(app)/help/api': 'api.use',
	'/(app)/inbox': 'inbox.read',
	'/(app)/inbox/new': 'item.decide',
	'/(app)/orders': 'order.read',
	'/(app)/orders/[number]': 'order.read',
	'/(app)/orders/[number]/edit': 'order.edit',
	'/(app)/orders/[number]/items/[id]': 'order.read',
	'/(app)/orders/new': 'order.edit',
	'/(app)/overview': 'overview.read',
	'/(app)/refused': 'signed_in',
	'/(app)/products': 'product.read',
	'/(app)/products/[sku]': 'product.read',
	'/(app)/products/[sku]/edit': 'product.edit',
	'/(app)/products/new': 'product.edit',
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
	'/(app)/work/[id]': 'work.read',
	'GET /(app)/files/[sha]': 'evidence.read',
	'DELETE /api/v1/sessions/current': 'api.use',
	'DELETE /api/v1/sources/[id]': 'source.manage',
	'GET /api/v1/activity': 'activity.read',
	'GET /api/v1/changes': 'change.read',
	'GET /api/v1/changes/[id]': 'change.read',
	'GET /api/v1/changes/[id]/claims': 'change.read',
	'GET /api/v1/changes/[id]/impact': 'change.read',
	'GET /api/v1/changes/[id]/questions': 'change.read',
	'GET /api/v1/checklist-items/[id]': 'order.read',
	'GET /api/v1/comments': 'api.use',
	'GET /api/v1/evidence': 'evidence.read',
	'GET /api/v1/evidence/[id]': 'evidence.read',
	'GET /api/v1/evidence/[id]/revisions': 'evidence.read',
	'GET /api/v1/exposure': 'overview.read',
	'GET /api/v1/items': 'inbox.read',
	'GET /api/v1/items/[id]': 'inbox.read',
	'GET /api/v1/openapi.json': 'public',
	'GET /api/v1/orders': 'order.read',
	'GET /api/v1/orders/[number]': 'order.read',
	'GET /api/v1/orders/[number]/checklist': 'order.read',
	'GET /api/v1/products': 'product.read',
	'GET /api/v1/products/[sku]': 'product.read',
	'GET /api/v1/readiness': 'overview.read',
	'GET /api/v1/rule-versions': 'rule.read',
	'GET /api/v1/rule-versions/[number]': 'rule.read',
	'GET /api/v1/rule-versions/current': 'rule.read',
	'GET /api/v1/sources': 'source.read',
	'GET /api/v1/sources/[id]': 'source.read',
	'PATCH /api/v1/changes/[id]': 'change.edit',
	'PATCH /api/v1/orders/[number]': 'order.edit',
	'PATCH /api/v1/products/[sku]': 'product.edit',
	'PATCH /api/v1/sources/[id]': 'source.manage',
	'POST /api/v1/changes': 'change.edit',
	'POST /api/v1/changes/[id]/claims': 'change.edit',
	'POST /api/v1/changes/[id]/publish': 'change.publish',
	'POST /api/v1/changes/[id]/questions': 'change.edit',
	'POST /api/v1/changes/[id]/submit': 'change.edit',
	'POST /api/v1/changes/[id]/withdraw': 'change.withdraw',
	'POST /api/v1/checklist-items/[id]/accept': 'checklist.accept',
	'POST /api/v1/checklist-items/[id]/assign': 'checklist.assign',
	'POST /api/v1/checklist-items/[id]/not-needed': 'checklist.not_needed',
	'POST /api/v1/checklist-items/[id]/prepare': 'checklist.prepare',
	'POST /api/v1/checklist-items/[id]/release': 'checklist.release',
	'POST /api/v1/checklist-items/[id]/release/approve': 'checklist.approve_release',
	'POST /api/v1/checklist-items/[id]/reopen': 'checklist.reopen',
	'POST /api/v1/checklist-items/[id]/return': 'checklist.return',
	'POST /api/v1/comments': 'comment.add',
	'POST /api/v1/evidence': 'evidence.add',
	'POST /api/v1/evidence/[id]/revisions': 'evidence.add',
	'POST /api/v1/items': 'item.decide',
	'POST /api/v1/items/[id]/defer': 'item.decide',
	'POST /api/v1/items/[id]/dismiss': 'item.decide',
	'POST /api/v1/items/[id]/link': 'item.decide',
	'POST /api/v1/items/[id]/reopen': 'item.decide',
	'POST /api/v1/orders': 'order.edit',
	'POST /api/v1/products': 'product.edit',
	'POST /api/v1/sessions': 'public',
	'POST /api/v1/sources': 'source.manage',
	'POST /api/v1/sources/[id]/poll': 'source.manage',
	// An address below the API that is none: it answers 404 to whoever asks.
	'DELETE /api/v1/[...rest]': 'public',
	'GET /api/v1/[...rest]': 'public',
	'PATCH /api/v1/[...rest]': 'public',
	'POST /api/v1/[...rest]': 'public',
	'PUT /api/v1/[...rest]': 'public',
	'GET /healthz': 'public',
	'GET /metrics': 'public',
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
