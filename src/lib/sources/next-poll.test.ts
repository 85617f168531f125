import { describe, expect, it } from 'vitest';
import { nextPollAt } from './next-poll.ts';

const now = new Date('2026-11-23T00:00:00Z');
const minutesTo = (plan: { minutes: number; failures: number; retryAfter?: string }) =>
	Math.round((nextPollAt({ now, jitter: 0.5, ...plan }).getTime() - now.getTime()) / 60_000);

describe('the next poll', () => {
	it('comes after the interval, later after each failure, and within a day', () => {
		expect(minutesTo({ minutes: 60, failures: 0 })).toBe(60);
		expect(minutesTo({ minutes: 30, failures: 1 })).toBe(60);
		expect(minutesTo({ minutes: 30, failures: 5 })).toBe(960);
		expect(minutesTo({ minutes: 30, failures: 50 })).toBe(960);
		expect(minutesTo({ minutes: 60, failures: 9 })).toBe(1440);
	});

	it('honours what the host asks for, in seconds or as a date', () => {
		expect(minutesTo({ minutes: 15, failures: 1, retryAfter: '7200' })).toBe(120);
		expect(minutesTo({ minutes: 15, failures: 1, retryAfter: 'Mon, 23 Nov 2026 03:00:00 GMT' })).toBe(180);
		expect(minutesTo({ minutes: 60, failures: 1, retryAfter: '1' })).toBe(120);
		expect(minutesTo({ minutes: 60, failures: 0, retryAfter: 'soon' })).toBe(60);
	});

	it('is spread, so that sources of one interval do not all come at once', () => {
		const at = (jitter: number) => nextPollAt({ now, minutes: 60, failures: 0, jitter }).getTime();
		expect(at(0.9) - at(0.1)).toBeGreaterThan(60_000);
	});
});
