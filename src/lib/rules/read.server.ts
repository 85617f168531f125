import { and, eq, inArray } from 'drizzle-orm';
import { weakest } from '#lib/changes/certainty.ts';
import type { Effect } from '#lib/changes/effects.ts';
import type { PartKind } from '#lib/changes/parts.ts';
import { heldClaims } from '#lib/changes/held.server.ts';
import type { Cite } from '#lib/changes/held.ts';
import { changes, playbookItems, questions } from '#lib/changes/tables.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import type { Part, Rule } from './rule.ts';
import type { ReadItem, ReadPart, ReadRule, VersionRow } from './read.ts';
import { categories, places, ruleVersions } from './tables.ts';
import { within } from './truth.ts';
import type { RuleVersion } from './versions.server.ts';

/** A rule as a page that can be read: every part with its window, what it rests on, and how certain that is. */
export async function readRule(db: Db, measure: number, rule: Rule, on: PlainDate): Promise<ReadRule> {
	const all = partsOf(rule);
	const cited = await citesOf(db, measure, [...new Set(all.flatMap((part) => part.cites))]);
	const parts = await resolved(db, all, cited, on);
	return {
		parts,
		playbook: await playbookOf(db, rule),
		...restsOn([...cited.values()]),
		changes: await titlesOf(db, parts)
	};
}

/** What a change does to a rule, part by part in its own order, with what each part rests on. */
export async function readEffects(
	db: Db,
	change: { id: number; measure: number; effects: readonly Effect[] },
	on: PlainDate
): Promise<(ReadPart & { op: Effect['op'] })[]> {
	const said = change.effects.map((effect) => ({ ...effect, change: change.id }));
	const cited = await citesOf(db, change.measure, [...new Set(said.flatMap(({ cites }) => cites))]);
	const parts = await resolved(db, said, cited, on);
	return parts.map((part, at) => ({ ...part, op: change.effects[at]!.op }));
}

async function resolved(
	db: Db,
	said: readonly Said[],
	cited: Map<string, Cite>,
	on: PlainDate
): Promise<ReadPart[]> {
	const names = await namesOf(db, said);
	return said.map(({ part, value, from, until, change, cites: keys }) => {
		const cites = keys.flatMap((key) => cited.get(key) ?? []);
		return {
			...{ part, value, from, until, change, cites },
			name: names.get(`${part} ${value}`) ?? null,
			holds: within({ from, until }, on),
			certainty: restsOn(cites).certainty
		};
	});
}

/** How much is assumed, how much nobody corroborated, and the certainty of the weakest claim. */
export function restsOn(
	cites: readonly Cite[]
): Pick<ReadRule, 'assumptions' | 'uncorroborated' | 'certainty'> {
	const held = cites.flatMap((cite) => (cite.kind === 'claim' ? cite.claim.certainty : []));
	return {
		assumptions: cites.length - held.length,
		uncorroborated: held.filter((certainty) => certainty === 'uncorroborated').length,
		certainty: weakest(held)
	};
}

/** Every version with what made it, newest first. */
export async function versionRows(db: Db, versions: readonly RuleVersion[]): Promise<VersionRow[]> {
	if (!versions.length) return [];
	const rows = await db
		.select({ id: ruleVersions.id, title: changes.title, by: people.name })
		.from(ruleVersions)
		.innerJoin(changes, eq(changes.id, ruleVersions.change))
		.leftJoin(people, eq(people.id, ruleVersions.person))
		.where(
			inArray(
				ruleVersions.id,
				versions.map(({ id }) => id)
			)
		);
	const made = new Map(rows.map((row) => [row.id, row]));
	return versions.map(({ id, number, because, change, knownOn, at }) => ({
		...{ id, number, because, change, knownOn, at },
		title: made.get(id)!.title,
		by: made.get(id)!.by
	}));
}

/** What the keys stand for (`C05`, `Q11`), by key; a key of nothing is left out. */
export async function citesOf(db: Db, measure: number, keys: readonly string[]): Promise<Map<string, Cite>> {
	if (!keys.length) return new Map();
	const claims = await heldClaims(db, { measure, keys });
	const asked = await db
		.select({
			key: questions.key,
			change: questions.change,
			text: questions.text,
			assumption: questions.assumption,
			state: questions.state,
			reviewOn: questions.reviewOn
		})
		.from(questions)
		.where(and(eq(questions.measure, measure), inArray(questions.key, [...keys])));
	return new Map<string, Cite>([
		...claims.map((claim): [string, Cite] => [claim.key, { kind: 'claim', key: claim.key, claim }]),
		...asked.map((question): [string, Cite] => [
			question.key,
			{ kind: 'question', key: question.key, question }
		])
	]);
}

type Said = Pick<ReadPart, 'part' | 'value' | 'from' | 'until' | 'change'> & { cites: string[] };

/** In the order in which a person asks: since when, whose goods, which, where, what is asked, what else, our readings. */
function partsOf(rule: Rule): Said[] {
	const lists: [PartKind, Part[]][] = [
		['measure', rule.windows],
		['origin', rule.origins],
		['origin_unclear', rule.unclearOrigins],
		['category', rule.categories],
		['place', rule.places],
		['condition', rule.conditions],
		['rate', rule.rates]
	];
	const said = lists.flatMap(([part, list]) => list.map((row): Said => ({ part, ...row })));
	const undated = { from: null, until: null, change: null };
	if (rule.slots.count !== null) {
		const at = said.findLastIndex(({ part }) => part === 'category') + 1;
		const value = String(rule.slots.count);
		said.splice(at, 0, { part: 'category_count', value, ...undated, cites: rule.slots.cites });
	}
	for (const [value, cites] of Object.entries(rule.readings)) {
		if (cites.length) said.push({ part: 'reading', value, ...undated, cites });
	}
	return said;
}

async function namesOf(db: Db, said: readonly Said[]): Promise<Map<string, LocalizedText>> {
	const valuesOf = (kind: PartKind) => said.filter(({ part }) => part === kind).map(({ value }) => value);
	const [keys, codes] = [valuesOf('place'), valuesOf('category')];
	const named = keys.length ? await db.select().from(places).where(inArray(places.key, keys)) : [];
	const listed = codes.length
		? await db.select().from(categories).where(inArray(categories.code, codes))
		: [];
	return new Map([
		...named.map((row): [string, LocalizedText] => [`place ${row.key}`, row.names]),
		...listed.map((row): [string, LocalizedText] => [`category ${row.code}`, row.names])
	]);
}

async function playbookOf(db: Db, rule: Rule): Promise<ReadItem[]> {
	const ids = rule.playbook.map(({ id }) => id);
	if (!ids.length) return [];
	return db
		.select({
			key: playbookItems.key,
			team: playbookItems.team,
			title: playbookItems.title,
			condition: playbookItems.condition,
			mandatory: playbookItems.mandatory,
			change: playbookItems.change
		})
		.from(playbookItems)
		.where(inArray(playbookItems.id, ids))
		.orderBy(playbookItems.team, playbookItems.id);
}

async function titlesOf(db: Db, parts: readonly ReadPart[]): Promise<Record<number, LocalizedText>> {
	const ids = [...new Set(parts.flatMap(({ change }) => change ?? []))];
	if (!ids.length) return {};
	const rows = await db
		.select({ id: changes.id, title: changes.title })
		.from(changes)
		.where(inArray(changes.id, ids));
	return Object.fromEntries(rows.map((row) => [row.id, row.title]));
}
