import type { ItemState } from '../orders/judgement.ts';
import type { StateKind } from '#lib/ui/kinds.ts';
import type { MessageKey } from '#lib/words/words.ts';

/** How an item looks: kind and word, and whether it still waits for its team. */
export interface StateLook {
	kind: StateKind;
	word: MessageKey;
	open: boolean;
}

const looks = {
	open: { kind: 'neutral', word: 'checklist_state.open', open: true },
	prepared: { kind: 'waiting', word: 'checklist_state.prepared', open: false },
	accepted: { kind: 'done', word: 'checklist_state.accepted', open: false },
	returned: { kind: 'blocked', word: 'checklist_state.returned', open: true },
	released: { kind: 'waiting', word: 'checklist_state.released', open: false },
	not_needed: { kind: 'neutral', word: 'checklist_state.not_needed', open: false },
	stale: { kind: 'waiting', word: 'checklist_state.stale', open: true },
	expired: { kind: 'blocked', word: 'checklist_state.expired', open: true },
	no_longer_asked: { kind: 'neutral', word: 'checklist_state.no_longer_asked', open: false }
} as const satisfies Record<ItemState | 'stale' | 'expired' | 'no_longer_asked', StateLook>;

/** What matters most about an item is what one sees: a flag before the state it qualifies. */
export function stateLook(item: {
	state: ItemState | 'stale' | 'expired';
	stale?: boolean;
	expired?: boolean;
	noLongerAsked?: boolean;
}): StateLook {
	if (item.noLongerAsked) return looks.no_longer_asked;
	if (item.stale) return looks.stale;
	if (item.expired) return looks.expired;
	return looks[item.state];
}
