import type { MessageKey, Words } from '#lib/words/words.ts';
import { businessDay, type PlainDate } from '#lib/time.ts';
import type { Bucket, Judgement, Material, MaterialState } from './judgement.ts';

/** How judgements look: shape and hue among the four states; the word comes with them. */
type Kind = 'done' | 'waiting' | 'blocked' | 'unknown' | 'neutral';

export const bucketKinds: Record<Bucket, Kind> = {
	prepared: 'done',
	may_not_apply: 'unknown',
	missing: 'blocked',
	open: 'neutral'
};

export const readinessKinds: Record<Judgement['readiness'], Kind> = {
	ready: 'done',
	not_ready: 'waiting',
	not_asked: 'neutral',
	no_date: 'unknown'
};

export const applicabilityKinds: Record<Judgement['applicability'], Kind> = {
	applies: 'neutral',
	not_in_reported_scope: 'neutral',
	undetermined: 'unknown',
	mixed: 'unknown'
};

const materialKinds: Record<MaterialState, Kind> = {
	ok: 'done',
	waiting: 'waiting',
	due: 'neutral',
	missing: 'blocked',
	expired: 'blocked',
	not_asked: 'neutral'
};

/** A material as a cell shows it: one word with its shape, and who and when below. */
export interface ShownMaterial {
	kind: Kind;
	word: string;
	detail: string;
}

/** `today` tells which dates show their year; `zone` on which day an instant fell. */
export function materialShown(
	{ state, who, when, carried, dueOn, validUntil }: Material,
	words: Words,
	{ today, zone }: { today: PlainDate; zone: string }
): ShownMaterial {
	const key = keyOf(state, dueOn, validUntil, today);
	const day = words.day(state === 'expired' ? validUntil : dueOn, today);
	const by = who && when ? words.t('orders.who_when', { who, day: shortDay(when, words, today, zone) }) : '';
	const detail =
		state === 'missing' && dueOn
			? words.t('orders.was_due', { day })
			: state === 'ok' || state === 'waiting' || state === 'expired'
				? by
				: '';
	const carrying = carried && state === 'ok' ? words.t('orders.carried') : '';
	return {
		kind: materialKinds[state],
		word: words.t(key, { day }),
		detail: [detail, carrying].filter(Boolean).join(' · ')
	};
}

function keyOf(
	state: MaterialState,
	dueOn: PlainDate | null,
	validUntil: PlainDate | null,
	today: PlainDate
): MessageKey {
	if (state === 'due' && dueOn === null) return 'material_state.to_do';
	// Valid today, but not on the day it is needed.
	if (state === 'expired' && validUntil !== null && validUntil >= today) return 'material_state.expires';
	return `material_state.${state}`;
}

function shortDay(when: string, words: Words, today: PlainDate, zone: string): string {
	return words.day(businessDay(new Date(when), zone), today);
}

/** The name of a condition as a heading; a change may bring one that no message file knows yet. */
export function conditionName(condition: string, words: Words): string {
	const key = `condition.${condition}` as MessageKey;
	const name = words.t(key);
	const said = name === key ? condition.replaceAll('_', ' ') : name;
	return said.charAt(0).toLocaleUpperCase(words.locale) + said.slice(1);
}

/** A country by its code, in the person's language. */
export function countryName(code: string | null, words: Words): string {
	if (!code) return '';
	let names = regionNames.get(words.locale);
	if (!names)
		regionNames.set(words.locale, (names = new Intl.DisplayNames(words.locale, { type: 'region' })));
	return names.of(code) ?? code;
}

const regionNames = new Map<string, Intl.DisplayNames>();
