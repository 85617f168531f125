import { earliest, type PlainDate } from '#lib/time.ts';
import type { ItemFacts, Material, MaterialState } from './judgement.ts';
import { overdue, standing } from './readiness.ts';

/** From what needs a hand most to what needs none. */
const byNeed: readonly MaterialState[] = ['missing', 'expired', 'due', 'waiting', 'ok', 'not_asked'];

const notAsked: Material = {
	state: 'not_asked',
	who: null,
	when: null,
	carried: false,
	dueOn: null,
	validUntil: null
};

/**
 * The materials of an order by condition, as a list row shows them: the worst state over the items of the condition,
 * with the latest name among the items in that state, their first due day and the first end of their validity.
 */
export function materialsOf(
	conditions: readonly string[],
	items: readonly ItemFacts[],
	day: PlainDate,
	on: PlainDate
): Record<string, Material> {
	return Object.fromEntries(
		conditions.map((condition) => [
			condition,
			worst(
				items.filter((item) => item.condition === condition),
				day,
				on
			)
		])
	);
}

function worst(items: readonly ItemFacts[], day: PlainDate, on: PlainDate): Material {
	const states = items.map((item) => materialState(item, day, on));
	const state = byNeed.find((candidate) => states.includes(candidate)) ?? 'not_asked';
	if (state === 'not_asked') return notAsked;
	const concerned = items.filter((_, index) => states[index] === state);
	const latest = concerned.reduce((best, item) => ((item.when ?? '') > (best.when ?? '') ? item : best));
	return {
		state,
		who: latest.who,
		when: latest.when,
		carried: latest.carried,
		dueOn: earliest(concerned.map((item) => item.dueOn)),
		validUntil: earliest(concerned.map((item) => item.evidence?.validUntil))
	};
}

/** What waits for acceptance shows as waiting even past its due day: the name beside it has done its part. */
function materialState(item: ItemFacts, day: PlainDate, on: PlainDate): MaterialState {
	if (item.state === 'not_needed') return 'not_asked';
	switch (standing(item, day)) {
		case 'met':
			return 'ok';
		case 'waiting':
			return 'waiting';
		case 'expired':
			return 'expired';
		case 'failed':
			return 'missing';
		case 'open':
			return overdue(item, on) ? 'missing' : 'due';
	}
}
