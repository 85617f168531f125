import { addDays, type PlainDate } from '#lib/time.ts';
import type { Bound } from '#lib/changes/effects.ts';
import type { Part } from './rule.ts';

/**
 * Adds a part to its list. It takes the place of a window of the same value that begins on the same day, or on a day
 * nobody knew; other windows stay beside it. Only one rate applies on a day, so a new rate ends the others on the days
 * it covers.
 */
export function overlaid(parts: readonly Part[], added: Part, exclusive: boolean): Part[] {
	const kept = parts.filter((part) => part.value !== added.value || !replaces(added, part));
	return [...(exclusive ? shortened(kept, added, () => true) : kept), added];
}

function replaces(added: Part, part: Part): boolean {
	return part.from === added.from || (part.from === 'unknown' && added.from !== null);
}

/**
 * Takes the days of `gone` out of the parts it concerns. From a day nobody knows, their end becomes unknown: they are
 * neither kept nor lost.
 */
export function shortened(
	parts: readonly Part[],
	gone: Part,
	concerns: (part: Part, gone: Part) => boolean
): Part[] {
	return parts.flatMap((part) => (concerns(part, gone) ? without(part, gone.from, gone.until) : [part]));
}

function without(part: Part, from: Bound, until: Bound): Part[] {
	// A span that ends before it starts has no days to take.
	if (isDay(from) && isDay(until) && until < from) return [part];
	if (from === 'unknown') return [{ ...part, until: 'unknown' }];
	return [...upTo(part, from), ...after(part, until)];
}

/** What is left before the first day that is gone. That day answers an unknown end. */
function upTo(part: Part, from: PlainDate | null): Part[] {
	if (from === null || (isDay(part.from) && part.from >= from)) return [];
	if (isDay(part.until) && part.until < from) return [part];
	return [{ ...part, until: addDays(from, -1) }];
}

/** What is left after the last day that is gone; nothing where no such day is given. */
function after(part: Part, until: Bound): Part[] {
	if (!isDay(until) || (isDay(part.until) && part.until <= until)) return [];
	if (part.from === 'unknown' || (isDay(part.from) && part.from > until)) return [part];
	return [{ ...part, from: addDays(until, 1) }];
}

function isDay(bound: Bound): bound is PlainDate {
	return bound !== null && bound !== 'unknown';
}
