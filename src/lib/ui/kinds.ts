/** What a state looks like: the only meanings that have a hue of their own. */
export type StateKind = 'done' | 'waiting' | 'blocked' | 'unknown' | 'neutral';
