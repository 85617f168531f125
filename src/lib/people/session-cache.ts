import type { Person } from './roles.ts';

/** What is known of a session for a few seconds, so that a page's dozen requests ask the database once. */
export interface SessionCache {
	get(hash: string): Seen | undefined;
	put(hash: string, seen: Seen): void;
	/** After sign-out. */
	forget(hash: string): void;
	/** After anything changed about the person: roles, teams, name, disabled, signed out everywhere. */
	forgetPerson(id: number): void;
}

export interface Seen {
	person: Person;
	expiresAt: Date;
}

/**
 * @param clock milliseconds since 1970. Another process may go on trusting a session that was ended here for
 * `seconds` at most; in this process ending it takes effect at once.
 */
export function createSessionCache(clock: () => number, { seconds = 5, most = 2_000 } = {}): SessionCache {
	const entries = new Map<string, Seen & { until: number }>();
	return {
		get(hash) {
			const entry = entries.get(hash);
			if (!entry) return undefined;
			if (clock() < Math.min(entry.until, entry.expiresAt.getTime())) return entry;
			entries.delete(hash);
			return undefined;
		},
		put(hash, { person, expiresAt }) {
			entries.set(hash, { person, expiresAt, until: clock() + seconds * 1000 });
			if (entries.size > most) entries.delete(entries.keys().next().value!);
		},
		forget(hash) {
			entries.delete(hash);
		},
		forgetPerson(id) {
			for (const [hash, entry] of entries) if (entry.person.id === id) entries.delete(hash);
		}
	};
}
