import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { changes, measures, playbookItems } from '../changes/tables.ts';
import { loadOrders, type LoadedOrder } from '../orders/facts.server.ts';
import { orderJudgements, orders } from '../orders/tables.ts';
import { may } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { canonical, emptyRule, whyNotFold } from '../rules/fold.ts';
import type { Rule } from '../rules/rule.ts';
import { ruleVersions } from '../rules/tables.ts';
import { currentVersion, foldedRule, placesByKey } from '../rules/versions.server.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Args, MessageKey } from '#lib/words/words.ts';
import { loadItems } from './facts.server.ts';
import { impactOf, type Impact } from './impact.ts';
import { judge } from './judging.server.ts';
import { playbookOf, shortHash, syncMeasure, writePlans } from './sync.server.ts';

export type RolloutOf = 'publish' | 'withdraw';

export interface Preview extends Impact {
	/** Why it may not be done as it stands; empty: it may. */
	refusals: { key: MessageKey; args?: Args }[];
}

interface Rollout {
	change: typeof changes.$inferSelect;
	measure: typeof measures.$inferSelect;
	after: Rule;
	impact: Impact;
}

/** What publishing or withdrawing a change would do to the open orders, without writing a row. @throws Refusal 404 */
export async function previewChange(
	db: Db,
	change: number,
	on: PlainDate,
	as: RolloutOf = 'publish'
): Promise<Preview> {
	const { after, impact } = await prospect(db, change, on, as);
	return { ...impact, refusals: as === 'publish' ? whyNotFold(after) : [] };
}

/**
 * "Use here": one recorded decision of a person. In one transaction the change is published, the fold becomes a rule
 * version, checklists follow on the orders it reaches, and those are judged. All or nothing, and safe to repeat: a
 * change that is in use already is refused.
 */
export async function publishChange(
	db: Db,
	person: Person,
	id: number,
	version: number | undefined,
	on: PlainDate
): Promise<{ version: number; impact: Impact }> {
	if (!may(person, 'change.publish')) throw new Refusal('refusal.role', { status: 403 });
	return db.transaction(async (tx) => {
		const change = await take(tx, id, version);
		if (change.state !== 'draft' && change.state !== 'in_review')
			throw new Refusal('changes.refusal.not_in_review');
		if (!change.effects.length && !(await asks(tx, id))) throw new Refusal('changes.refusal.does_nothing');
		const rollout = await prospect(tx, id, on, 'publish');
		const [refusal] = whyNotFold(rollout.after);
		if (refusal) throw new Refusal(refusal.key, { args: refusal.args, status: 400 });
		await tx
			.update(changes)
			.set({ state: 'published', usedBy: person.id, usedAt: sql`now()`, version: change.version + 1 })
			.where(eq(changes.id, id));
		return { version: await rollOut(tx, person, rollout, 'published', on), impact: rollout.impact };
	});
}

/** Publishes the fold without the change, whichever came later. What a person did on the orders stays. */
export async function withdrawChange(
	db: Db,
	person: Person,
	id: number,
	about: { version?: number; reason: string },
	on: PlainDate
): Promise<{ version: number; impact: Impact }> {
	if (!may(person, 'change.withdraw')) throw new Refusal('refusal.role', { status: 403 });
	const reason = about.reason.trim();
	if (reason.length < 3)
		throw new Refusal('changes.refusal.reason', {
			status: 400,
			fields: { reason: { key: 'changes.refusal.reason' } }
		});
	return db.transaction(async (tx) => {
		const change = await take(tx, id, about.version);
		if (change.state !== 'published') throw new Refusal('changes.refusal.not_in_use');
		const rollout = await prospect(tx, id, on, 'withdraw');
		await tx
			.update(changes)
			.set({
				...{ state: 'withdrawn', withdrawnBy: person.id, withdrawnReason: reason },
				withdrawnAt: sql`now()`,
				version: change.version + 1
			})
			.where(eq(changes.id, id));
		return { version: await rollOut(tx, person, rollout, 'withdrawn', on), impact: rollout.impact };
	});
}

async function take(tx: Db, id: number, version: number | undefined) {
	const [found] = await tx.select({ measure: changes.measure }).from(changes).where(eq(changes.id, id));
	if (!found) throw notFound('noun.change');
	// One roll-out of a measure at a time: the second waits here and then sees the first one's version.
	await tx.select().from(measures).where(eq(measures.id, found.measure)).for('update');
	const [change] = await tx.select().from(changes).where(eq(changes.id, id)).for('update');
	if (version !== undefined && version !== change!.version) throw stale(change);
	return change!;
}

async function asks(tx: Db, change: number): Promise<boolean> {
	const asked = eq(playbookItems.change, change);
	return (await tx.select({ id: playbookItems.id }).from(playbookItems).where(asked).limit(1)).length > 0;
}

async function prospect(db: Db, id: number, on: PlainDate, as: RolloutOf): Promise<Rollout> {
	const [found] = await db
		.select({ change: changes, measure: measures })
		.from(changes)
		.innerJoin(measures, eq(measures.id, changes.measure))
		.where(eq(changes.id, id));
	if (!found) throw notFound('noun.change');
	const current = await currentVersion(db, found.measure.id);
	const before = current?.rule ?? emptyRule(found.measure.key);
	const after = await foldedRule(
		db,
		found.measure,
		as === 'publish' ? { withChange: id } : { withoutChange: id }
	);
	const loaded = (await loadOrders(db, 'open')).filter((order) => order.pinnedVersion === null);
	const impact = impactOf<LoadedOrder>(before, after, {
		orders: loaded,
		items: await loadItems(db, 'open'),
		covered: (order, item) =>
			item.covers === 'product' && item.product
				? `${item.key} ${item.product}`
				: item.covers === 'importer_place'
					? `${item.key} ${order.importer} ${order.place.key}`
					: null,
		playbook: await playbookOf(db, [before, after]),
		places: await placesByKey(db),
		stance: found.measure.stance,
		hash: shortHash,
		on
	});
	return { ...found, after, impact };
}

async function rollOut(
	tx: Db,
	person: Person,
	{ change, measure, after, impact }: Rollout,
	because: 'published' | 'withdrawn',
	on: PlainDate
): Promise<number> {
	const former = await currentVersion(tx, measure.id);
	const number = (former?.number ?? 0) + 1;
	const [version] = await tx
		.insert(ruleVersions)
		.values({
			...{ measure: measure.id, number, rule: after, hash: shortHash(canonical(after)) },
			...{ change: change.id, because, knownOn: on, person: person.id }
		})
		.returning({ id: ruleVersions.id });
	const touched = [...impact.reached, ...impact.released, ...impact.altered];
	const plans = new Map(touched.map((order) => [order.id, order.plan]));
	const loaded = await loadOrders(tx, [...plans.keys()]);
	await writePlans(
		tx,
		measure.id,
		loaded.map((order) => ({ order, version: version!.id, items: plans.get(order.id) ?? [] })),
		on
	);
	await syncMeasure(tx, { measure: measure.id, rule: after, version: { id: version!.id, number } }, on);
	await record(tx, [
		{
			person: person.id,
			deed: because === 'published' ? 'change.published' : 'change.withdrawn',
			subject: 'change',
			subjectId: change.id,
			data: { title: change.title, version: number, orders: touched.length, added: impact.itemsAdded }
		},
		...touched.map((order) => ({
			person: person.id,
			deed: because === 'published' ? ('change.published' as const) : ('change.withdrawn' as const),
			subject: 'order',
			subjectId: order.id,
			order: order.id,
			data: { title: change.title, version: number, added: order.itemsAdded, after: order.after }
		}))
	]);
	await tx
		.update(orderJudgements)
		.set({ version: version!.id })
		.where(
			inArray(
				orderJudgements.order,
				tx
					.select({ id: orders.id })
					.from(orders)
					.where(and(sql`${orders.closedAt} is null`, sql`${orders.pinnedVersion} is null`))
			)
		);
	await judge(tx, [...plans.keys()], on);
	return version!.id;
}
