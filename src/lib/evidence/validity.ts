import { addDays, type PlainDate } from '#lib/time.ts';

/** `expires_before`: still good today, but not on the day it is needed. */
export type Validity = 'valid' | 'expires_before' | 'expired' | 'not_yet';

/** How evidence stands today and on the day it is needed (an order's judgement date). Unknown bounds are open. */
export function validityOn(
	{ validFrom, validUntil }: { validFrom: PlainDate | null; validUntil: PlainDate | null },
	today: PlainDate,
	day: PlainDate
): Validity {
	if (validUntil !== null && validUntil < today) return 'expired';
	if (validFrom !== null && validFrom > day) return 'not_yet';
	return validUntil !== null && validUntil < day ? 'expires_before' : 'valid';
}

/**
 * The last day on which evidence may be put to an item anew: its own last day, or earlier where what it covers is covered
 * for some days only. An order that took it before keeps it.
 */
export function lastDay(
	{ evidenceOn, validUntil }: { evidenceOn: PlainDate; validUntil: PlainDate | null },
	validForDays: number | null
): PlainDate | null {
	if (validForDays === null) return validUntil;
	const end = addDays(evidenceOn, validForDays);
	return validUntil !== null && validUntil < end ? validUntil : end;
}

/** The look of a validity among the states. */
export function validityKind(validity: Validity): 'done' | 'waiting' | 'blocked' {
	return validity === 'valid' ? 'done' : validity === 'expired' ? 'blocked' : 'waiting';
}
