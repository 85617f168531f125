import type { Deed } from '#lib/activity/deeds.ts';

/** What the activity can be narrowed to: the kinds of records that deeds are about. */
export const subjects = [
	'order',
	'checklist_item',
	'evidence',
	'product',
	'change',
	'measure',
	'item',
	'source',
	'person',
	'team'
] as const;
export type Subject = (typeof subjects)[number];

/** Names that addresses use where a deed knows an id; what is missing was removed since. */
export interface Known {
	orders: ReadonlyMap<number, string>;
	products: ReadonlyMap<number, string>;
	/** Whether the reader may open the pages of people and teams. */
	managesPeople: boolean;
}

export interface About {
	deed: Deed;
	subject: string;
	subjectId: number;
	order: number | null;
}

/** Where the record of a deed is read, or null: it is gone, or not for this reader. */
export function recordHref({ deed, subject, subjectId, order }: About, known: Known): string | null {
	if (/\.removed$/.test(deed)) return null;
	const named = (folder: string, name: string | undefined) =>
		name && `/${folder}/${encodeURIComponent(name)}`;
	switch (subject) {
		case 'order':
			return named('orders', known.orders.get(subjectId)) ?? null;
		case 'checklist_item':
			return order === null || known.orders.has(order) ? `/work/${subjectId}` : null;
		case 'product':
			return named('products', known.products.get(subjectId)) ?? null;
		case 'evidence':
			return `/evidence/${subjectId}`;
		case 'change':
			return `/changes/${subjectId}`;
		case 'measure':
			return '/rules#stance';
		case 'item':
			return `/inbox?item=${subjectId}`;
		case 'source':
			return `/sources/${subjectId}`;
		case 'person':
			return known.managesPeople ? `/settings/people/${subjectId}` : null;
		case 'team':
			return known.managesPeople ? '/settings/teams' : null;
		default:
			return null;
	}
}
