import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { changes, measures, playbookItems } from '../changes/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { foldRule, type FoldedChange } from './fold.ts';
import type { AskedItem, Place, Rule } from './rule.ts';
import { places, ruleVersions } from './tables.ts';

export type Measure = typeof measures.$inferSelect;
export type RuleVersion = typeof ruleVersions.$inferSelect;

/** The measure this workspace follows, or null before anything was recorded. */
export async function theMeasure(db: Db): Promise<Measure | null> {
	const [row] = await db.select().from(measures).orderBy(asc(measures.id)).limit(1);
	return row ?? null;
}

/** The newest version of a measure, as known on a day; null while nothing is in use. */
export async function currentVersion(
	db: Db,
	measure: number,
	known?: PlainDate
): Promise<RuleVersion | null> {
	const [row] = await db
		.select()
		.from(ruleVersions)
		.where(and(eq(ruleVersions.measure, measure), known ? lte(ruleVersions.knownOn, known) : undefined))
		.orderBy(desc(ruleVersions.number))
		.limit(1);
	return row ?? null;
}

export async function versionById(db: Db, id: number): Promise<RuleVersion | null> {
	const [row] = await db.select().from(ruleVersions).where(eq(ruleVersions.id, id));
	return row ?? null;
}

export async function versionsOf(db: Db, measure: number): Promise<RuleVersion[]> {
	return db
		.select()
		.from(ruleVersions)
		.where(eq(ruleVersions.measure, measure))
		.orderBy(desc(ruleVersions.number));
}

/** Every place by its key: a few dozen rows, needed whole by each judgement. */
export async function placesByKey(db: Db): Promise<Map<string, Place>> {
	const all = await db
		.select({
			key: places.key,
			kind: places.kind,
			parent: places.parent,
			joinedParentOn: places.joinedParentOn
		})
		.from(places);
	return new Map(all.map((place) => [place.key, place]));
}

/**
 * The fold of the measure's published changes in the order they came into use. `withChange` adds one that is not
 * published yet, `withoutChange` leaves one out: the rule as it would be.
 */
export async function foldedRule(
	db: Db,
	measure: { id: number; key: string },
	as: { withChange?: number; withoutChange?: number } = {}
): Promise<Rule> {
	const rows = await db
		.select({ id: changes.id, state: changes.state, effects: changes.effects, usedAt: changes.usedAt })
		.from(changes)
		.where(eq(changes.measure, measure.id))
		.orderBy(asc(changes.usedAt), asc(changes.id));
	const used = rows.filter((row) => row.state === 'published' && row.id !== as.withoutChange);
	const added = rows.filter((row) => row.id === as.withChange && row.state !== 'published');
	const folded: FoldedChange[] = [];
	for (const change of [...used, ...added]) {
		folded.push({ id: change.id, effects: change.effects, playbook: await askedBy(db, change.id) });
	}
	return foldRule(measure.key, folded);
}

async function askedBy(db: Db, change: number): Promise<AskedItem[]> {
	const rows = await db
		.select()
		.from(playbookItems)
		.where(eq(playbookItems.change, change))
		.orderBy(playbookItems.id);
	return rows.map((row) => ({
		key: row.key,
		id: row.id,
		condition: row.condition,
		hash: askedHash(row),
		renewOnVersion: row.renewOnVersion
	}));
}

/** Changes when what is asked changes: evidence type, condition, acceptance, mandatory or due. */
export function askedHash(item: typeof playbookItems.$inferSelect): string {
	const asked = [
		item.evidenceType,
		item.condition,
		item.acceptance,
		item.mandatory,
		item.dueEvent,
		item.dueOffsetDays
	];
	return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32);
}
