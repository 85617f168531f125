/** What can be watched. A kind is read by a file of its own; `manual` is a person who tells us. */
export const sourceKinds = ['feed', 'manual', 'page', 'register'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const itemStates = ['new', 'linked', 'dismissed', 'deferred'] as const;
export type ItemState = (typeof itemStates)[number];

/** `read`: new bytes were read; `unchanged`: nothing new since the last poll; `failed`: the reason is beside it. */
export type PollOutcome = 'read' | 'unchanged' | 'failed';
