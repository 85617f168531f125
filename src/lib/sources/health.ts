import type { SourceKind } from './words.ts';

export interface Watched {
	kind: SourceKind;
	enabled: boolean;
	failures: number;
	lastReadAt: Date | null;
	lastError: object | null;
	nextPollAt: Date | null;
}

/** One word for the state of a source; each has its sentence under `sources.health.<word>`. */
export type Health = 'off' | 'by_hand' | 'waiting' | 'failing' | 'late' | 'well';

/** How long past its time a poll may be before we say that nobody polls. */
const LATE_MS = 60 * 60_000;

/** Derived when asked, so that nothing stored can go stale. */
export function healthOf(source: Watched, now: Date): Health {
	if (source.kind !== 'feed') return 'by_hand';
	if (!source.enabled) return 'off';
	if (source.lastError) return 'failing';
	if (source.nextPollAt && now.getTime() - source.nextPollAt.getTime() > LATE_MS) return 'late';
	return source.lastReadAt ? 'well' : 'waiting';
}
