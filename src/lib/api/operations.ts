import { activityOperations } from './activity.ts';
import { changeOperations } from './changes.ts';
import { checklistOperations } from './checklist.ts';
import { commentOperations } from './comments.ts';
import { documentOperations } from './document-operations.ts';
import { evidenceOperations } from './evidence.ts';
import { figureOperations } from './figures.ts';
import { itemOperations } from './items.ts';
import { orderOperations } from './orders.ts';
import { productOperations } from './products.ts';
import { ruleOperations } from './rules.ts';
import { sessionOperations } from './sessions.ts';
import { sourceOperations } from './sources.ts';

/** Everything the API does, by resource in the order of the work. A new resource is one file and one line here. */
export const resources = {
	sessions: sessionOperations,
	sources: sourceOperations,
	items: itemOperations,
	changes: changeOperations,
	'rule-versions': ruleOperations,
	products: productOperations,
	orders: orderOperations,
	'checklist-items': checklistOperations,
	evidence: evidenceOperations,
	comments: commentOperations,
	figures: figureOperations,
	activity: activityOperations,
	document: documentOperations
};

export const operations = {
	...sessionOperations,
	...sourceOperations,
	...itemOperations,
	...changeOperations,
	...ruleOperations,
	...productOperations,
	...orderOperations,
	...checklistOperations,
	...evidenceOperations,
	...commentOperations,
	...figureOperations,
	...activityOperations,
	...documentOperations
};

export type Name = keyof typeof operations;
export type Operated<K extends Name> = (typeof operations)[K];
export const names = Object.keys(operations) as Name[];
