import { eq, inArray, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { playbookItems } from '../changes/tables.ts';
import { loadOrders, type LoadedOrder, type Which } from '../orders/facts.server.ts';
import { judgeOrder } from '../orders/judge.ts';
import { orderLines, orders } from '../orders/tables.ts';
import type { Rule } from '../rules/rule.ts';
import { currentVersion, theMeasure } from '../rules/versions.server.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import { mondayOf, addDays, type PlainDate } from '#lib/time.ts';
import { bench, judge, type Judged } from './judging.server.ts';
import { checklistOf, type Hash, type PlannedItem, type PlaybookRow } from './plan.ts';

export const shortHash: Hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The playbook rows of rules, by id. */
export async function playbookOf(db: Db, all: readonly Rule[]): Promise<Map<number, PlaybookRow>> {
	const ids = [...new Set(all.flatMap((rule) => rule.playbook.map((item) => item.id)))];
	if (!ids.length) return new Map();
	const found = await db.select().from(playbookItems).where(inArray(playbookItems.id, ids));
	return new Map(found.map((row) => [row.id, row]));
}

/**
 * Brings the checklists of orders in line with the rule they are under: adds what is newly asked (carrying acceptances
 * that cover it), marks what is no longer asked, and judges them. Nothing that a person did is undone.
 */
export async function syncOrders(tx: Db, which: Which, on: PlainDate): Promise<Judged[]> {
	const measure = await theMeasure(tx);
	const loaded = await loadOrders(tx, which);
	if (!measure || !loaded.length) return judge(tx, which, on);
	const { places, ruleOf } = await bench(
		tx,
		loaded.map((order) => order.pinnedVersion)
	);
	const rules = new Map(loaded.map((order) => [order.id, ruleOf(order)]));
	const distinct = [...new Set([...rules.values()].map(({ rule }) => rule))].filter((rule) => rule !== null);
	const playbook = await playbookOf(tx, distinct);
	const plans = loaded.map((order) => {
		const { rule, version } = rules.get(order.id)!;
		if (!rule) return { order, version, items: [] };
		const { lines } = judgeOrder(rule, order, [], places, on);
		const about = { playbook, stance: measure.stance, hash: shortHash };
		return { order, version, items: checklistOf(rule, order, lines, about) };
	});
	await writePlans(tx, measure.id, plans, on);
	return judge(tx, which, on);
}

export interface Plan {
	order: LoadedOrder;
	version: number | null;
	items: PlannedItem[];
}

/** Writes plans in a few set-based statements, whatever the number of orders. */
export async function writePlans(tx: Db, measure: number, plans: Plan[], on: PlainDate): Promise<void> {
	const asked = plans.flatMap(({ order, version, items }) =>
		items.map((item) => ({
			order_id: order.id,
			importer_id: order.importer,
			place_key: order.place.key,
			version,
			key: item.key,
			product_id: item.product,
			playbook_item: item.playbookItem,
			asked_hash: item.askedHash,
			team: item.team,
			covers: item.covers,
			mandatory: item.mandatory,
			second_person: item.secondPerson,
			condition: item.condition,
			planned_on: item.plannedOn,
			recheck_on: item.recheckOn
		}))
	);
	await markNoLongerAsked(
		tx,
		plans.map(({ order }) => order.id),
		asked
	);
	const added: number[] = [];
	for (let start = 0; start < asked.length; start += 5_000) {
		added.push(...(await writeItems(tx, measure, asked.slice(start, start + 5_000), on)));
	}
	await carryTo(tx, added, on);
}

async function markNoLongerAsked(tx: Db, orders: number[], asked: object[]): Promise<void> {
	await tx.execute(sql`
		with asked as materialized (
			select order_id, key, coalesce(product_id, 0) as product
			from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(order_id int, key text, product_id int)
		)
		update checklist_items item set no_longer_asked_at = now(), version = item.version + 1
		where item.order_id in (select value::int from jsonb_array_elements_text(${JSON.stringify(orders)}::jsonb))
			and item.no_longer_asked_at is null
			and not exists (
				select 1 from asked where asked.order_id = item.order_id and asked.key = item.key
					and asked.product = coalesce(item.product_id, 0)
			)`);
}

async function writeItems(tx: Db, measure: number, asked: object[], on: PlainDate): Promise<number[]> {
	const written = rows<{ id: number; added: boolean }>(
		await tx.execute(sql`
		insert into checklist_items (measure_id, order_id, key, product_id, playbook_item_id, asked_by_version, asked_hash,
			team, covers, importer_id, place_key, mandatory, second_person, condition, planned_on, recheck_on, created_on)
		select ${measure}, order_id, key, product_id, playbook_item, version, asked_hash, team, covers,
			importer_id, place_key, mandatory, second_person, condition, planned_on, recheck_on, ${on}::date
		from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(order_id int, key text, product_id int,
			playbook_item int, version int, asked_hash text, team text, covers text, importer_id int, place_key text,
			mandatory boolean, second_person boolean, condition text, planned_on date, recheck_on date)
		on conflict on constraint checklist_items_identity do update set
			playbook_item_id = excluded.playbook_item_id, asked_by_version = excluded.asked_by_version,
			asked_hash = excluded.asked_hash, team = excluded.team, importer_id = excluded.importer_id,
			place_key = excluded.place_key, mandatory = excluded.mandatory, second_person = excluded.second_person,
			condition = excluded.condition, planned_on = excluded.planned_on, recheck_on = excluded.recheck_on,
			no_longer_asked_at = null, version = checklist_items.version + 1
		where (checklist_items.playbook_item_id, checklist_items.asked_hash, checklist_items.team,
			checklist_items.importer_id, checklist_items.place_key, checklist_items.mandatory,
			checklist_items.second_person, checklist_items.planned_on, checklist_items.recheck_on,
			checklist_items.no_longer_asked_at is null)
			is distinct from (excluded.playbook_item_id, excluded.asked_hash, excluded.team, excluded.importer_id,
			excluded.place_key, excluded.mandatory, excluded.second_person, excluded.planned_on, excluded.recheck_on, true)
		returning id, (xmax = 0) as added`)
	);
	return written.filter((row) => row.added).map((row) => row.id);
}

/** By which columns one piece of work serves several orders. */
const servedBy = {
	product: sql.raw('to_item.product_id = from_item.product_id'),
	importer_place: sql.raw(
		'to_item.importer_id = from_item.importer_id and to_item.place_key = from_item.place_key'
	)
};

/**
 * Work is done once and carried: a new item takes over the newest acceptance of the same item for the thing it covers,
 * with the name of the person who accepted it. Acceptances that are stale, released or out of validity are not carried.
 * The acceptance is looked up once for each thing, however many new items it serves.
 */
export async function carryTo(tx: Db, added: readonly number[], on: PlainDate): Promise<void> {
	if (!added.length) return;
	const ids = JSON.stringify(added);
	for (const [covers, same] of Object.entries(servedBy)) {
		await tx.execute(sql`
		with added as materialized (
			select item.* from checklist_items item
			join jsonb_array_elements_text(${ids}::jsonb) id on item.id = id.value::int
			where item.covers = ${covers}
		), thing as (
			select distinct measure_id, key, asked_hash, product_id, importer_id, place_key from (
				select measure_id, key, asked_hash,
					case when ${covers} = 'product' then product_id end as product_id,
					case when ${covers} = 'importer_place' then importer_id end as importer_id,
					case when ${covers} = 'importer_place' then place_key end as place_key
				from added) every
		), donor as materialized (
			select to_item.key, to_item.asked_hash as for_hash, to_item.product_id as for_product,
				to_item.importer_id as for_importer, to_item.place_key as for_place, given.*
			from thing to_item cross join lateral (
				select id, prepared_by, prepared_at, note, accepted_by, accepted_at, evidence_revision_id, valid_from,
					valid_until, carries_until, done_hash, carried_from
				from checklist_items from_item
				where from_item.measure_id = to_item.measure_id and from_item.key = to_item.key and ${same}
					and from_item.state = 'accepted' and from_item.done_hash = to_item.asked_hash
					and from_item.no_longer_asked_at is null
					and (from_item.valid_until is null or from_item.valid_until >= ${on}::date)
					and (from_item.carries_until is null or from_item.carries_until >= ${on}::date)
				order by accepted_at desc, id desc limit 1
			) given
		)
		update checklist_items item set state = 'accepted', prepared_by = donor.prepared_by,
			prepared_at = donor.prepared_at, note = donor.note, accepted_by = donor.accepted_by,
			accepted_at = donor.accepted_at, evidence_revision_id = donor.evidence_revision_id,
			valid_from = donor.valid_from, valid_until = donor.valid_until, carries_until = donor.carries_until, done_hash = donor.done_hash,
			carried_from = coalesce(donor.carried_from, donor.id)
		from added, donor
		where item.id = added.id and added.key = donor.key and added.asked_hash = donor.for_hash
			and (donor.for_product is null or added.product_id = donor.for_product)
			and (donor.for_importer is null or (added.importer_id = donor.for_importer and added.place_key = donor.for_place))`);
	}
}

/**
 * What a change or a week asks of teams beyond any order: one item for each rule version (`rule_change`) and one for
 * each week (`weekly`). Safe to repeat.
 */
export async function syncMeasure(
	tx: Db,
	about: { measure: number; rule: Rule; version: { id: number; number: number } },
	on: PlainDate
): Promise<void> {
	const playbook = await playbookOf(tx, [about.rule]);
	for (const asked of about.rule.playbook) {
		const row = playbook.get(asked.id);
		if (row?.covers !== 'measure') continue;
		const weekly = row.dueEvent === 'weekly';
		const period = weekly ? mondayOf(on) : `v${about.version.number}`;
		const start = weekly ? addDays(mondayOf(on), 4) : on;
		await tx.execute(sql`
			insert into checklist_items (measure_id, key, period, playbook_item_id, asked_by_version, asked_hash, team, covers,
				mandatory, second_person, planned_on, created_on)
			values (${about.measure}, ${asked.key}, ${period}, ${asked.id}, ${about.version.id}, ${asked.hash}, ${row.team},
				'measure', ${row.mandatory}, ${row.secondPerson}, ${addDays(start, row.dueOffsetDays)}::date, ${on}::date)
			on conflict on constraint checklist_items_identity do nothing`);
	}
}

/** Asks for what each week asks, on Monday and after a start that missed it. */
export async function syncWeek(db: Db, on: PlainDate): Promise<void> {
	await db.transaction(async (tx) => {
		const measure = await theMeasure(tx);
		const version = measure && (await currentVersion(tx, measure.id));
		if (version) await syncMeasure(tx, { measure: measure.id, rule: version.rule, version }, on);
	});
}

/** Orders that have a product: what to judge again when the product is recorded otherwise. */
export async function ordersOfProduct(db: Db, product: number): Promise<number[]> {
	const found = await db
		.selectDistinct({ id: orders.id })
		.from(orders)
		.innerJoin(orderLines, eq(orderLines.order, orders.id))
		.where(sql`${orderLines.product} = ${product} and ${orders.closedAt} is null`);
	return found.map((row) => row.id);
}
