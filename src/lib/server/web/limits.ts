import ipaddr from 'ipaddr.js';

/** Counts attempts by key in a sliding window, in memory: a restart forgets, and each process counts for itself. */
export interface Limit {
	/**
	 * Counts an attempt. Returns 0 when it may go on, else the seconds to wait; a refused attempt is not counted, so
	 * that waiting helps. Count before the slow work, or a burst of attempts passes while the first is being judged.
	 */
	take(key: string, now: Date): number;
	/** The attempt was a good one after all. */
	giveBack(key: string): void;
	/** Starts again from nothing. */
	forget(key: string): void;
}

/** The limits of one server process. */
export interface Limits {
	/** Sign-in attempts on one account. */
	account: Limit;
	/** Sign-in attempts from one address: more, for an office is one address. */
	address: Limit;
}

const quarterHour = 15 * 60_000;

export function createLimits(): Limits {
	return {
		account: createLimit({ most: 10, withinMs: quarterHour }),
		address: createLimit({ most: 40, withinMs: quarterHour })
	};
}

/** @param keys how many keys are remembered; past it the one that was quiet longest is dropped. */
export function createLimit({
	most,
	withinMs,
	keys = 20_000
}: {
	most: number;
	withinMs: number;
	keys?: number;
}): Limit {
	const attempts = new Map<string, number[]>();
	return {
		take(key, now) {
			const at = now.getTime();
			const recent = (attempts.get(key) ?? []).filter((time) => time > at - withinMs);
			if (recent.length >= most) return Math.ceil((recent[0]! + withinMs - at) / 1000);
			attempts.delete(key);
			attempts.set(key, [...recent, at]);
			if (attempts.size > keys) attempts.delete(attempts.keys().next().value!);
			return 0;
		},
		giveBack(key) {
			attempts.get(key)?.pop();
		},
		forget(key) {
			attempts.delete(key);
		}
	};
}

/** One key for all addresses a single subscriber holds: the whole of IPv4, the first 64 bits of IPv6. */
export function addressKey(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	return parsed.kind() === 'ipv4'
		? parsed.toString()
		: parsed.toNormalizedString().split(':').slice(0, 4).join(':');
}
