import { Refusal } from '#lib/refusal.ts';
import type { PlainDate } from '#lib/time.ts';

/** A reason somebody will read, trimmed. @throws Refusal 400 beside the field */
export function needReason(reason: string): string {
	const text = reason.trim();
	if (text.length >= 3) return text;
	throw new Refusal('checklist.refusal.reason', {
		status: 400,
		fields: { reason: { key: 'checklist.refusal.reason' } }
	});
}

/** A last day that is not past. @throws Refusal 400 beside the field */
export function needDay(until: PlainDate, on: PlainDate): PlainDate {
	if (until >= on) return until;
	throw new Refusal('checklist.refusal.until', {
		status: 400,
		fields: { until: { key: 'checklist.refusal.until' } }
	});
}
