import { asc, eq, inArray, and, isNull } from 'drizzle-orm';
import {
	insist,
	insistOnVersion,
	takeChange,
	writeChange,
	type Change
} from '#lib/changes/at-hand.server.ts';
import { told } from '#lib/changes/changes.server.ts';
import type { Effect } from '#lib/changes/effects.ts';
import { isReading, undated } from '#lib/changes/parts.ts';
import { changeKinds } from '#lib/changes/kinds.ts';
import { whyNotEdit } from '#lib/changes/permissions.ts';
import { claims, measures, playbookItems, questions } from '#lib/changes/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { LocalizedText, MessageKey } from '#lib/words/words.ts';
import { valueProblem, type PartForm } from './effect-form.ts';
import { rateOf } from './percent.ts';
import { categories, places } from './tables.ts';

/** What a part may name and cite: what selects offer. */
export interface Vocabulary {
	places: { key: string; names: LocalizedText }[];
	categories: { key: string; names: LocalizedText }[];
	conditions: string[];
	claims: { key: string; text: LocalizedText; change: number }[];
	questions: { key: string; text: LocalizedText; change: number }[];
}

export async function vocabularyOf(db: Db, measure: number): Promise<Vocabulary> {
	const asked = await db.selectDistinct({ key: playbookItems.condition }).from(playbookItems);
	return {
		places: await db.select({ key: places.key, names: places.names }).from(places).orderBy(asc(places.key)),
		categories: await db
			.select({ key: categories.code, names: categories.names })
			.from(categories)
			.orderBy(asc(categories.position)),
		conditions: asked.flatMap((row) => row.key ?? []).sort(),
		claims: await db
			.select({ key: claims.key, text: claims.paraphrase, change: claims.change })
			.from(claims)
			.where(and(eq(claims.measure, measure), isNull(claims.withdrawnAt)))
			.orderBy(asc(claims.key)),
		questions: await db
			.select({ key: questions.key, text: questions.text, change: questions.change })
			.from(questions)
			.where(eq(questions.measure, measure))
			.orderBy(asc(questions.key))
	};
}

/** Adds what a draft does to the rule. @throws Refusal 400 beside the field, 412 when somebody else was first */
export async function addEffect(
	db: Db,
	person: Person,
	changeId: number,
	form: PartForm & { version: number }
): Promise<void> {
	await transact(db, async (tx) => {
		const change = await takeChange(tx, changeId);
		insist(whyNotEdit(change, person));
		insistOnVersion(change, form.version);
		const effect = await checked(tx, change, form);
		const after = await writeChange(tx, change, { effects: [...change.effects, effect] });
		await told(tx, person, 'change.edited', after, { part: effect.part, value: effect.value });
	});
}

/** Takes one away again; `index` counts in the order the page shows. */
export async function removeEffect(
	db: Db,
	person: Person,
	changeId: number,
	{ index, version }: { index: number; version: number }
): Promise<void> {
	await transact(db, async (tx) => {
		const change = await takeChange(tx, changeId);
		insist(whyNotEdit(change, person));
		insistOnVersion(change, version);
		const gone = change.effects[index];
		if (!gone) throw new Refusal('effects.refusal.gone');
		const after = await writeChange(tx, change, { effects: change.effects.toSpliced(index, 1) });
		await told(tx, person, 'change.edited', after, { part: gone.part, value: gone.value });
	});
}

async function checked(tx: Db, change: Change, form: PartForm): Promise<Effect> {
	const allowed: readonly string[] = changeKinds[change.kind].parts;
	if (!allowed.includes(form.part)) throw wrong('part', 'effects.refusal.part_of_other_kind');
	const value = form.part === 'measure' ? await keyOf(tx, change.measure) : await valueOf(tx, form);
	const days = undated.has(form.part) ? { from: null, until: null } : { from: form.from, until: form.until };
	if (isDay(days.from) && isDay(days.until) && days.until < days.from)
		throw wrong('until', 'changes.until_before_from');
	const { part, op, cites } = form;
	if (change.effects.some((other) => other.part === part && other.value === value && other.op === op))
		throw wrong('value', 'effects.refusal.twice');
	await refuseUnknownCites(tx, change.measure, cites);
	return { part, op, value, ...days, cites: [...new Set(cites)] };
}

async function keyOf(tx: Db, measure: number): Promise<string> {
	const [row] = await tx.select({ key: measures.key }).from(measures).where(eq(measures.id, measure));
	return row!.key;
}

async function valueOf(tx: Db, { part, value }: PartForm): Promise<string> {
	const problem = valueProblem(part, value);
	if (problem) throw wrong('value', problem);
	if (part === 'rate') {
		const rate = rateOf(value);
		if (rate === null) throw wrong('value', 'effects.rate_wrong');
		return rate;
	}
	if (!(await exists(tx, part, value))) throw wrong('value', 'effects.value_unknown');
	return value;
}

async function exists(tx: Db, part: Effect['part'], value: string): Promise<boolean> {
	if (part === 'reading') return isReading(value);
	if (part === 'place')
		return (await tx.select({ key: places.key }).from(places).where(eq(places.key, value))).length > 0;
	if (part !== 'category') return true;
	const found = await tx.select({ code: categories.code }).from(categories).where(eq(categories.code, value));
	return found.length > 0;
}

async function refuseUnknownCites(tx: Db, measure: number, cites: readonly string[]): Promise<void> {
	const held = await tx
		.select({ key: claims.key })
		.from(claims)
		.where(and(eq(claims.measure, measure), inArray(claims.key, [...cites]), isNull(claims.withdrawnAt)));
	const asked = await tx
		.select({ key: questions.key })
		.from(questions)
		.where(and(eq(questions.measure, measure), inArray(questions.key, [...cites])));
	const known = new Set([...held, ...asked].map((row) => row.key));
	const missing = cites.find((cite) => !known.has(cite));
	if (missing) throw wrong('cites', 'effects.cite_unknown', { key: missing });
}

function isDay(bound: Effect['from']): bound is string {
	return bound !== null && bound !== 'unknown';
}

function wrong(field: string, key: MessageKey, args?: Record<string, string>): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields: { [field]: { key, args } } });
}
