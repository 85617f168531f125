import { asc } from 'drizzle-orm';
import type { z } from 'zod';
import { insistOnVersion, titleOf } from '#lib/changes/at-hand.server.ts';
import { changeById, createDraft, editChange } from '#lib/changes/changes.server.ts';
import type { Effect as EffectRow } from '#lib/changes/effects.ts';
import { heldClaims } from '#lib/changes/held.server.ts';
import type { HeldClaim } from '#lib/changes/held.ts';
import { questionsOf, type Question as QuestionRow } from '#lib/changes/questions.server.ts';
import { changes, measures } from '#lib/changes/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { notFound } from '#lib/refusal.ts';
import { percentOf } from '#lib/rules/percent.ts';
import { addEffect, removeEffect } from '#lib/rules/effects.server.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { Change, Claim, Question } from './change-shapes.ts';
import type { ChangePatch, ChangeStart } from './changes.ts';
import type { Given } from './endpoint.server.ts';
import { given, instant, text } from './shapes.ts';

type ChangeRow = typeof changes.$inferSelect;

export function shownChange(change: ChangeRow, measure: string): z.output<typeof Change> {
	const { id, version, kind, notes, state, announcedOn, publishedOn, appliesFrom, appliesUntil } = change;
	return {
		...{ id, version, kind, measure, title: text(change.title), notes, state },
		...{ announcedOn, publishedOn, appliesFrom, appliesUntil, effects: change.effects },
		createdAt: instant(change.createdAt),
		usedAt: instant(change.usedAt),
		withdrawnAt: instant(change.withdrawnAt),
		withdrawnReason: change.withdrawnReason
	};
}

/** Keys of the measures there are, by id. */
export async function measureKeys(db: Db): Promise<Map<number, string>> {
	const rows = await db
		.select({ id: measures.id, key: measures.key })
		.from(measures)
		.orderBy(asc(measures.id));
	return new Map(rows.map(({ id, key }) => [id, key]));
}

/** @throws Refusal 404 */
export async function changeAs(db: Db, id: number): Promise<z.output<typeof Change>> {
	const change = await changeById(db, id);
	return shownChange(change, (await measureKeys(db)).get(change.measure)!);
}

export function changeNow({ db, id }: Given) {
	return changeAs(db, id());
}

export function shownClaim(claim: HeldClaim): z.output<typeof Claim> {
	const { id, version, key, subject, predicate, value, certainty, instrument, supersededBy } = claim;
	return {
		...{ id, version, key, subject, predicate, value, certainty, instrument, supersededBy },
		paraphrase: text(claim.paraphrase),
		attestations: claim.voices.map((voice) => ({
			...{ id: voice.id, source: voice.source, item: voice.item?.id ?? null },
			...{ quote: voice.quote, summary: voice.summary && text(voice.summary), statement: voice.statement },
			...{ asOf: voice.asOf, originGroup: voice.originGroup }
		})),
		contradictedBy: claim.contradictedBy.map(({ key: other }) => other),
		withdrawn: claim.withdrawn !== null
	};
}

export async function claimsOf(db: Db, change: number): Promise<HeldClaim[]> {
	await changeById(db, change);
	return heldClaims(db, { changes: [change] });
}

export function shownQuestion(question: QuestionRow): z.output<typeof Question> {
	const { id, version, key, state, owner, reviewOn } = question;
	return {
		...{ id, version, key, state, owner, reviewOn },
		text: text(question.text),
		assumption: text(question.assumption)
	};
}

export async function questionsOn(db: Db, change: number): Promise<QuestionRow[]> {
	await changeById(db, change);
	return questionsOf(db, change);
}

/** Begins a draft with its dates and effects, all or nothing. @returns its id */
export async function startChange(db: Db, person: Person, start: ChangeStart): Promise<number> {
	const { kind, title, notes = '', item, measure, ...rest } = start;
	return transact(db, async (tx) => {
		if (measure !== undefined) await insistOnMeasure(tx, measure);
		const id = await createDraft(tx, person, { kind, title, notes, item: item ?? null });
		const patch = given(rest);
		const { version } = await changeById(tx, id);
		if (Object.keys(patch).length) await patchChange(tx, person, id, { version, patch });
		return id;
	});
}

/** Drafts are made for the measure the workspace follows. */
async function insistOnMeasure(tx: Db, key: string): Promise<void> {
	const [first] = (await measureKeys(tx)).values();
	if (first !== key) throw notFound('noun.measure');
}

/** What is given is changed, all or nothing. @throws as editChange, addEffect and removeEffect */
export async function patchChange(
	db: Db,
	person: Person,
	id: number,
	{ version, patch }: { version: number; patch: ChangePatch }
): Promise<void> {
	const { effects, ...edit } = patch;
	await transact(db, async (tx) => {
		const before = await changeById(tx, id);
		// Before anything else: who was second should hear it, whatever there is to do.
		insistOnVersion(before, version);
		const edits = Object.keys(given(edit)).length > 0;
		const after = edits
			? await editChange(tx, person, id, { ...editOf(before, edit, person), version })
			: before;
		if (effects)
			await setEffects(tx, person, id, { version: after.version, before: before.effects, effects });
	});
}

function editOf(before: ChangeRow, edit: Omit<ChangePatch, 'effects'>, person: Person) {
	const { announcedOn, publishedOn, appliesFrom, appliesUntil, notes } = { ...before, ...given(edit) };
	return {
		announcedOn,
		publishedOn,
		appliesFrom,
		appliesUntil,
		notes,
		title: edit.title ?? titleOf(before, person)
	};
}

/** Takes away what is no longer wanted and adds what is new; what stays is left alone. */
async function setEffects(
	tx: Db,
	person: Person,
	id: number,
	about: { version: number; before: readonly EffectRow[]; effects: readonly EffectRow[] }
): Promise<void> {
	let { version } = about;
	const wanted = new Set(about.effects.map(sameness));
	const left = [...about.before];
	for (let index = left.length - 1; index >= 0; index -= 1) {
		if (wanted.has(sameness(left[index]!))) continue;
		await removeEffect(tx, person, id, { index, version });
		left.splice(index, 1);
		version += 1;
	}
	const there = new Set(left.map(sameness));
	for (const effect of about.effects.filter((one) => !there.has(sameness(one)))) {
		const value = effect.part === 'rate' ? percentOf(effect.value) : effect.value;
		await addEffect(tx, person, id, { ...effect, value, version });
		version += 1;
	}
}

function sameness({ part, op, value, from, until, cites }: EffectRow): string {
	return JSON.stringify([part, op, value, from, until, cites]);
}

/** The claim of a change with this key, as the API shows it. */
export async function claimCalled(db: Db, change: number, key: string): Promise<z.output<typeof Claim>> {
	return shownClaim((await claimsOf(db, change)).find((claim) => claim.key === key)!);
}

export async function questionCalled(
	db: Db,
	change: number,
	key: string
): Promise<z.output<typeof Question>> {
	return shownQuestion((await questionsOn(db, change)).find((question) => question.key === key)!);
}
