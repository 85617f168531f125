import { addDays, earliest, type PlainDate } from '#lib/time.ts';
import type { ItemFacts, Judgement } from './judgement.ts';

/** What an item says about the material itself, whatever was released internally. */
export type Standing = 'met' | 'waiting' | 'expired' | 'failed' | 'open';

/**
 * Accepted, as asked now, and its evidence valid on the day: nothing else meets a condition. A release or "not needed"
 * leaves the material as absent as it was.
 */
export function standing(item: ItemFacts, day: PlainDate): Standing {
	if (item.state === 'returned') return 'failed';
	if (item.state === 'prepared') return 'waiting';
	if (item.state !== 'accepted') return 'open';
	if (item.stale) return 'failed';
	const { validFrom, validUntil } = item.evidence ?? { validFrom: null, validUntil: null };
	if (validUntil !== null && validUntil < day) return 'expired';
	return validFrom !== null && validFrom > day ? 'failed' : 'met';
}

/** Whether an item holds on a day: met, or a person released it until then or later, or recorded it as not needed. */
export function holds(item: ItemFacts, day: PlainDate): boolean {
	if (item.stale) return false;
	if (item.state === 'not_needed') return true;
	if (item.state === 'released') return item.releasedUntil !== null && day <= item.releasedUntil;
	return standing(item, day) === 'met';
}

export function overdue(item: ItemFacts, on: PlainDate): boolean {
	return item.dueOn !== null && item.dueOn < on;
}

/** How the mandatory items stand on the judgement date, and which of those that do not hold are past due on `on`. */
export function mandatoryWork(items: readonly ItemFacts[], day: PlainDate, on: PlainDate) {
	const mandatory = items.filter((item) => item.mandatory);
	const blocking = mandatory.filter((item) => !holds(item, day));
	const late: Record<string, number> = {};
	for (const item of blocking) if (overdue(item, on)) late[item.team] = (late[item.team] ?? 0) + 1;
	return {
		mandatoryTotal: mandatory.length,
		mandatoryHolding: mandatory.length - blocking.length,
		blocking: blocking.map((item) => item.id),
		blockingKeys: [...new Set(blocking.map((item) => item.key))].sort(),
		late
	};
}

/** Nothing mandatory asked is "not asked", never "ready". */
export function readinessOf(
	work: { mandatoryTotal: number; mandatoryHolding: number },
	day: PlainDate | null
): Judgement['readiness'] {
	if (work.mandatoryTotal === 0) return 'not_asked';
	if (day === null) return 'no_date';
	return work.mandatoryHolding === work.mandatoryTotal ? 'ready' : 'not_ready';
}

/**
 * Last day on which items stand as they do if nobody does anything, or null. `day` is the judgement date, which stands
 * still until `on` reaches it; what is due counts from `on`.
 */
export function itemsHoldUntil(items: readonly ItemFacts[], day: PlainDate, on: PlainDate): PlainDate | null {
	let last: PlainDate | null = null;
	for (const item of items) {
		if (!item.mandatory && item.condition === null) continue;
		last = earliest([last, validityTurns(item, day), dueTurns(item, day, on)]);
	}
	return last;
}

function validityTurns(item: ItemFacts, day: PlainDate): PlainDate | null {
	if (item.stale) return null;
	if (item.state === 'released') return from(item.releasedUntil, day);
	if (item.state !== 'accepted' || item.evidence === null) return null;
	const { validFrom, validUntil } = item.evidence;
	const begins = validFrom !== null && validFrom > day ? addDays(validFrom, -1) : null;
	return earliest([begins, from(validUntil, day)]);
}

/** An item that is met is not late; one that only holds can still make its condition overdue. */
function dueTurns(item: ItemFacts, day: PlainDate, on: PlainDate): PlainDate | null {
	const matters = item.condition === null ? !holds(item, day) : standing(item, day) !== 'met';
	return matters ? from(item.dueOn, on) : null;
}

function from(last: PlainDate | null, day: PlainDate): PlainDate | null {
	return last !== null && last >= day ? last : null;
}
