import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import type { MessageKey } from '#lib/words/words.ts';
import type { Effect } from './effects.ts';
import type { ChangeState } from './words.ts';

/** A change as the questions "may I, and if not why" see it. */
export interface ChangeInState {
	state: ChangeState;
	effects: readonly Effect[];
	/** How many claims it has that were not withdrawn. */
	claims: number;
	/** How many playbook items. */
	asks: number;
}

/** Why this person may not change what the change says, or null. Once in use its content stays as it is. */
export function whyNotEdit(change: Pick<ChangeInState, 'state'>, person: Person): MessageKey | null {
	if (change.state === 'published') return 'changes.refusal.in_use';
	if (change.state === 'withdrawn') return 'changes.refusal.withdrawn';
	return whyNot(person, 'change.edit');
}

/** Claims, attestations and questions grow after a change came into use: that is how it is corroborated. */
export function whyNotAttest(change: Pick<ChangeInState, 'state'>, person: Person): MessageKey | null {
	if (change.state === 'withdrawn') return 'changes.refusal.withdrawn';
	return whyNot(person, 'change.edit');
}

export function whyNotSubmit(change: ChangeInState, person: Person): MessageKey | null {
	if (change.state !== 'draft') return 'changes.refusal.not_draft';
	if (change.claims === 0) return 'changes.refusal.no_claims';
	return whyNot(person, 'change.edit');
}

export function whyNotRedraft(change: Pick<ChangeInState, 'state'>, person: Person): MessageKey | null {
	if (change.state !== 'in_review') return 'changes.refusal.not_under_review';
	return whyNot(person, 'change.edit');
}

/** A change comes into use after a review and with something to do: parts of the rule, or work for a team. */
export function whyNotPublish(change: ChangeInState, person: Person): MessageKey | null {
	if (change.state === 'draft') return 'changes.refusal.submit_first';
	if (change.state === 'published') return 'changes.refusal.already_in_use';
	if (change.state === 'withdrawn') return 'changes.refusal.withdrawn';
	if (change.effects.length === 0 && change.asks === 0) return 'changes.refusal.does_nothing';
	return whyNot(person, 'change.publish');
}

export function whyNotWithdraw(change: Pick<ChangeInState, 'state'>, person: Person): MessageKey | null {
	if (change.state !== 'published') return 'changes.refusal.not_in_use';
	return whyNot(person, 'change.withdraw');
}
