const MINUTE = 60_000;
const DAY = 86_400_000;

/** After this many failures in a row the pause grows no further. */
const DOUBLINGS = 5;

export interface PollPlan {
	now: Date;
	/** The source's own interval. */
	minutes: number;
	/** Failures in a row, this poll included; 0 after a good one. */
	failures: number;
	/** 0 to 1: spreads sources that would all fall due in one minute. */
	jitter: number;
	/** The `Retry-After` header as it came. */
	retryAfter?: string | undefined;
}

/** When a source is asked again: its interval, doubled for each failure, at most a day; never before the host allows. */
export function nextPollAt({ now, minutes, failures, jitter, retryAfter }: PollPlan): Date {
	const pause = minutes * MINUTE * 2 ** Math.min(failures, DOUBLINGS) * (0.95 + jitter / 10);
	const wait = Math.max(pause, retryAfterMs(retryAfter, now));
	return new Date(now.getTime() + Math.min(wait, DAY));
}

/** Seconds or an HTTP date, as milliseconds from now; 0 for anything else. */
function retryAfterMs(header: string | undefined, now: Date): number {
	const text = header?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	const at = text === '' ? NaN : Date.parse(text);
	return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
