import type { ChangeState } from './words.ts';

/** The look of a change's state. */
export const stateLooks = {
	draft: 'neutral',
	in_review: 'waiting',
	published: 'done',
	withdrawn: 'neutral'
} as const satisfies Record<ChangeState, string>;
