import type { ItemState } from '../orders/judgement.ts';
import { may } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import type { MessageKey } from '#lib/words/words.ts';

/** An item as the questions "may I, and if not why" see it. */
export interface ItemInState {
	state: ItemState;
	team: string;
	secondPerson: boolean;
	preparedBy: number | null;
	releaseAskedBy: number | null;
	stale: boolean;
	/** Its evidence ends before the order's judgement date. */
	expired: boolean;
	noLongerAsked: boolean;
}

/** Each `whyNot...` answers the reason a person may not do it now, or null when they may. Pages explain with it, the server refuses with it. */

export function whyNotPrepare(item: ItemInState, person: Person): MessageKey | null {
	if (item.noLongerAsked) return 'checklist.refusal.no_longer_asked';
	if (!may(person, 'checklist.prepare', { team: item.team })) return 'checklist.refusal.other_team';
	if (item.state === 'open' || item.state === 'returned' || item.stale || item.expired) return null;
	return 'checklist.refusal.already_done';
}

export function whyNotAccept(item: ItemInState, person: Person): MessageKey | null {
	if (item.noLongerAsked) return 'checklist.refusal.no_longer_asked';
	if (item.state !== 'prepared') return 'checklist.refusal.nothing_prepared';
	if (item.stale) return 'checklist.refusal.stale';
	if (item.preparedBy === person.id) return 'checklist.refusal.own_work';
	return may(person, 'checklist.accept', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotReturn(item: ItemInState, person: Person): MessageKey | null {
	if (item.state !== 'prepared' && item.state !== 'accepted') return 'checklist.refusal.nothing_to_return';
	return may(person, 'checklist.return', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotReopen(item: ItemInState, person: Person): MessageKey | null {
	if (item.state === 'open') return 'checklist.refusal.is_open';
	return may(person, 'checklist.reopen', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotNeeded(item: ItemInState, person: Person): MessageKey | null {
	if (item.state === 'not_needed') return 'checklist.refusal.already_done';
	return may(person, 'checklist.not_needed', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotAskRelease(item: ItemInState, person: Person): MessageKey | null {
	if (item.state === 'accepted' || item.state === 'released') return 'checklist.refusal.already_done';
	return may(person, 'checklist.release', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotApproveRelease(item: ItemInState, person: Person): MessageKey | null {
	if (item.state === 'accepted' || item.state === 'released') return 'checklist.refusal.already_done';
	if (item.releaseAskedBy === null) return 'checklist.refusal.no_release_asked';
	if (item.releaseAskedBy === person.id) return 'checklist.refusal.own_release';
	return may(person, 'checklist.approve_release', { team: item.team }) ? null : 'refusal.role';
}

export function whyNotAssign(item: ItemInState, person: Person): MessageKey | null {
	return may(person, 'checklist.assign', { team: item.team }) ? null : 'checklist.refusal.other_team';
}
