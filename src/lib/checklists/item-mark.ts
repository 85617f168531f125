import type { ItemState } from '../orders/judgement.ts';
import type { MessageKey } from '#lib/words/words.ts';

/** What a row shows of an item's state: a shape and a word, never a hue alone. */
export interface ItemMark {
	kind: 'done' | 'waiting' | 'blocked' | 'neutral';
	word: MessageKey;
}

export interface MarkedItem {
	state: ItemState;
	/** What is asked has changed since it was done. */
	stale: boolean;
	/** Its evidence ends before the judgement date of the order. */
	expired: boolean;
	/** Past its due day and not done. */
	overdue: boolean;
}

const plain: Record<ItemState, ItemMark> = {
	open: { kind: 'neutral', word: 'checklist_state.open' },
	prepared: { kind: 'waiting', word: 'checklist_state.prepared' },
	accepted: { kind: 'done', word: 'checklist_state.accepted' },
	returned: { kind: 'blocked', word: 'checklist_state.returned' },
	released: { kind: 'waiting', word: 'checklist_state.released' },
	not_needed: { kind: 'neutral', word: 'checklist_state.not_needed' }
};

/** The state of an item in one word, what troubles it before what was done. */
export function itemMark({ state, stale, expired, overdue }: MarkedItem): ItemMark {
	if (stale) return { kind: 'blocked', word: 'checklist_state.stale' };
	if (expired && state === 'accepted') return { kind: 'blocked', word: 'checklist_state.expired' };
	if (overdue && state === 'open') return { kind: 'blocked', word: 'checklist_state.overdue' };
	return plain[state];
}
