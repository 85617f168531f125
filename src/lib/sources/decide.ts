import type { MessageKey } from '#lib/words/words.ts';
import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import type { ItemState } from './words.ts';

export const itemVerbs = ['dismiss', 'defer', 'link', 'reopen'] as const;
export type ItemVerb = (typeof itemVerbs)[number];

/** From which states a verb leads on. What was decided is first put back, so that nobody overrules unseen. */
const from: Record<ItemVerb, readonly ItemState[]> = {
	dismiss: ['new', 'deferred'],
	defer: ['new', 'deferred'],
	link: ['new', 'deferred'],
	reopen: ['linked', 'dismissed', 'deferred']
};

const blocked: Record<ItemState, MessageKey> = {
	new: 'inbox.refusal.undecided',
	deferred: 'inbox.refusal.undecided',
	linked: 'inbox.refusal.linked',
	dismissed: 'inbox.refusal.dismissed'
};

/** Why this person may not do that to this item, or null when they may. The page explains with it, the server refuses. */
export function whyNotDecide(
	item: { state: ItemState },
	person: Person | null,
	verb: ItemVerb
): MessageKey | null {
	const why = whyNot(person, 'item.decide');
	if (why) return why;
	return from[verb].includes(item.state) ? null : blocked[item.state];
}
