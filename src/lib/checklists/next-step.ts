import type { PlainDate } from '#lib/time.ts';
import type { Person } from '../people/roles.ts';
import { whyNotAccept, whyNotPrepare, type ItemInState } from './transitions.ts';

export type Verb = 'accept' | 'prepare' | 'prepare_again' | 'renew' | 'release_ends';

/** An item as the question "what now?" sees it. */
export interface StepItem extends ItemInState {
	id: number;
	mandatory: boolean;
	/** Whether it holds on the judgement date. */
	holds: boolean;
	dueOn: PlainDate | null;
}

/** The one next thing to do on an order. */
export interface NextStep {
	item: number;
	verb: Verb;
	/** Whether the person who looks can do it. */
	yours: boolean;
	overdue: boolean;
}

/**
 * The one next thing: of the mandatory items that do not hold, what this person can do before what others have to do,
 * then what is due first, then what only waits for a yes. Null: nothing mandatory is left.
 */
export function nextStep(
	items: readonly StepItem[],
	person: Person | null,
	today: PlainDate
): NextStep | null {
	const left = items.filter((item) => item.mandatory && !item.holds && !item.noLongerAsked);
	const steps = left.map((item) => ({ item, verb: verbOf(item), yours: canDo(item, person) }));
	steps.sort(
		(a, b) =>
			Number(b.yours) - Number(a.yours) ||
			compareDays(a.item.dueOn, b.item.dueOn) ||
			Number(b.verb === 'accept') - Number(a.verb === 'accept') ||
			a.item.id - b.item.id
	);
	const first = steps[0];
	if (!first) return null;
	const { item, verb, yours } = first;
	return { item: item.id, verb, yours, overdue: item.dueOn !== null && item.dueOn < today };
}

function verbOf(item: StepItem): Verb {
	if (item.stale || item.expired) return 'renew';
	if (item.state === 'prepared') return 'accept';
	if (item.state === 'released') return 'release_ends';
	return item.state === 'returned' ? 'prepare_again' : 'prepare';
}

function canDo(item: StepItem, person: Person | null): boolean {
	if (!person) return false;
	return whyNotAccept(item, person) === null || whyNotPrepare(item, person) === null;
}

/** What has no day comes last: nobody waits for it yet. */
function compareDays(a: PlainDate | null, b: PlainDate | null): number {
	return (a ?? '9999').localeCompare(b ?? '9999');
}
