import type { Bound } from '#lib/changes/effects.ts';
import { addDays, type PlainDate } from '#lib/time.ts';

/** Three-valued: unknown never becomes in or out. */
export type Truth = 'true' | 'false' | 'unknown';

export interface Window {
	from: Bound;
	until: Bound;
}

/** Kleene AND: one false decides, else one unknown does. Of nothing: true. */
export function allOf(truths: readonly Truth[]): Truth {
	if (truths.includes('false')) return 'false';
	return truths.includes('unknown') ? 'unknown' : 'true';
}

/** Kleene OR: one true decides, else one unknown does. Of nothing: false. */
export function anyOf(truths: readonly Truth[]): Truth {
	if (truths.includes('true')) return 'true';
	return truths.includes('unknown') ? 'unknown' : 'false';
}

/** What all say alike; unknown where they differ. */
export function agreed(truths: readonly Truth[]): Truth {
	return truths.every((truth) => truth === truths[0]) ? (truths[0] ?? 'unknown') : 'unknown';
}

/** Whether a day lies in a window, both ends included. An unknown end, or a day nobody knows, leaves it unknown. */
export function within({ from, until }: Window, day: PlainDate | null): Truth {
	const begun = from === null ? 'true' : compared(from, day, (first, at) => first <= at);
	if (begun === 'false') return 'false';
	const lasts = until === null ? 'true' : compared(until, day, (last, at) => at <= last);
	return lasts === 'true' ? begun : lasts;
}

function compared(
	bound: string,
	day: PlainDate | null,
	holds: (bound: PlainDate, day: PlainDate) => boolean
): Truth {
	if (bound === 'unknown' || day === null) return 'unknown';
	return holds(bound, day) ? 'true' : 'false';
}

/** Whether a day lies in any of the windows; false of none. */
export function withinAny(windows: readonly Window[], day: PlainDate | null): Truth {
	let best: Truth = 'false';
	for (const window of windows) {
		const truth = within(window, day);
		if (truth === 'true') return truth;
		if (truth === 'unknown') best = truth;
	}
	return best;
}

/** The days on which an answer read from these windows may turn: each first day, and each day after a last one. */
export function turningDays(windows: readonly Window[]): PlainDate[] {
	const days: PlainDate[] = [];
	for (const { from, until } of windows) {
		if (from !== null && from !== 'unknown') days.push(from);
		if (until !== null && until !== 'unknown') days.push(addDays(until, 1));
	}
	return days;
}
