import { sql, type SQL } from 'drizzle-orm';
import { mayAnywhere } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { LocalizedText, Words } from '#lib/words/words.ts';
import { endOfTime, markOf, readMark, type TodoFilters, type TodoRow, type TodoView } from './todo.ts';

export interface TodoPage {
	rows: TodoRow[];
	/** Where the next page begins, or null on the last. */
	next: string | null;
}

const pageSize = 60;

/**
 * What waits to be done: the same work on several orders is one row, earliest due first. One query, whatever the number
 * of items; `today` decides what has expired.
 */
export async function todoList(
	db: Db,
	person: Person,
	words: Words,
	filters: TodoFilters & { view: TodoView },
	today: PlainDate,
	limit = pageSize
): Promise<TodoPage> {
	const mark = readMark(filters.after);
	const found = rows<Found>(
		await db.execute(sql`
		with waiting as (${waiting(filters.view, today)} ${narrowed(person, filters)}),
		work as (${asWork})
		select work.id, work.orders, work.due, work.state, playbook.title, item.team as team, item.covers,
			item.period, item.mandatory, assignee.name as assignee, preparer.name as preparer, product.sku,
			importer.name as importer, o.number
		from work
		join checklist_items item on item.id = work.id
		join playbook_items playbook on playbook.id = item.playbook_item_id
		left join orders o on o.id = item.order_id
		left join products product on product.id = item.product_id
		left join importers importer on importer.id = item.importer_id
		left join people assignee on assignee.id = item.assignee_id
		left join people preparer on preparer.id = item.prepared_by
		${mark ? sql`where (work.sort_day, work.id) > (${mark.due}::date, ${mark.id}::int)` : sql``}
		order by work.sort_day, work.id
		limit ${limit + 1}`)
	);
	const shown = found.slice(0, limit).map((row) => shownRow(row, words, today));
	return { rows: shown, next: found.length > limit ? markOf(shown.at(-1)!) : null };
}

/** How much waits under each view, for its tab; a view this person has no use for is left out. */
export async function todoCounts(
	db: Db,
	person: Person,
	today: PlainDate
): Promise<Partial<Record<TodoView, number>>> {
	const none = { team: '', product: '', order: '', after: '' };
	const found = await Promise.all(
		viewsFor(person).map(async (view) => {
			const [row] = rows<{ count: number }>(
				await db.execute(sql`with waiting as (${waiting(view, today)} ${narrowed(person, { ...none, view })}),
					work as (${asWork}) select count(*)::int as count from work`)
			);
			return [view, row!.count] as const;
		})
	);
	return Object.fromEntries(found);
}

/** The views that make sense for a person: who accepts has a pile to accept, who reads all sees everything. */
export function viewsFor(person: Person): TodoView[] {
	const leads = person.teams.some(({ lead }) => lead) || mayAnywhere(person, 'checklist.accept');
	const seesAll = person.roles.length > 0;
	const views: TodoView[] = [];
	if (person.teams.length) views.push('mine', 'team');
	if (leads) views.push('waiting');
	if (seesAll) views.push('all');
	return views.length ? views : ['all'];
}

/** What a list can be narrowed to: the products and orders that have anything waiting. */
export async function todoChoices(
	db: Db,
	person: Person,
	view: TodoView,
	today: PlainDate
): Promise<{ products: string[]; orders: string[] }> {
	const none = { view, team: '', product: '', order: '', after: '' };
	const [found] = rows<{ products: string[] | null; orders: string[] | null }>(
		await db.execute(sql`with waiting as (${waiting(view, today)} ${narrowed(person, none)})
			select (select jsonb_agg(sku order by sku) from (select distinct p.sku from products p
					where p.id in (select product_id from waiting) limit 300) known) as products,
				(select jsonb_agg(number order by number) from (select distinct o.number from orders o
					where o.id in (select order_id from waiting) limit 300) known) as orders`)
	);
	return { products: found?.products ?? [], orders: found?.orders ?? [] };
}

interface Found {
	id: number;
	orders: number;
	due: PlainDate | null;
	state: TodoRow['state'];
	title: LocalizedText;
	team: string;
	covers: TodoRow['covers'];
	period: string | null;
	mandatory: boolean;
	assignee: string | null;
	preparer: string | null;
	sku: string | null;
	importer: string | null;
	number: string | null;
}

/** Items that wait: to be prepared, or in the view `waiting` to be accepted. Two branches, so that each has its index. */
function waiting(view: TodoView, today: PlainDate): SQL {
	const open = sql`item.no_longer_asked_at is null and (o.id is null or o.closed_at is null)`;
	const from = sql`from checklist_items item left join orders o on o.id = item.order_id`;
	if (view === 'waiting')
		return sql`select item.*, 'prepared' as doing ${from} where ${open} and item.state = 'prepared' and not item.stale`;
	const day = sql`greatest(${today}::date, coalesce(o.declaration_on, o.eta))`;
	return sql`select item.*, case when item.state in ('open', 'returned') then item.state
			when item.stale then 'stale' else 'expired' end as doing ${from}
		where ${open} and (item.state in ('open', 'returned') or item.stale
			or (item.state = 'accepted' and item.valid_until < ${day}))`;
}

/** Ends the where clause of `waiting`. */
function narrowed(person: Person, { view, team, product, order }: TodoFilters & { view: TodoView }): SQL {
	const parts: SQL[] = [];
	if (view === 'mine') parts.push(sql`and item.assignee_id = ${person.id}`);
	if (view === 'team') parts.push(sql`and item.team in (${list(person.teams.map((mine) => mine.team))})`);
	if (view === 'waiting') parts.push(sql`and item.prepared_by <> ${person.id}`, acceptable(person));
	if (team) parts.push(sql`and item.team = ${team}`);
	if (product) parts.push(sql`and item.product_id = (select id from products where sku = ${product})`);
	if (order) parts.push(sql`and o.number = ${order}`);
	return sql.join(parts, sql` `);
}

function acceptable(person: Person): SQL {
	if (person.roles.includes('compliance')) return sql``;
	return sql`and item.team in (${list(person.teams.filter(({ lead }) => lead).map((mine) => mine.team))})`;
}

function list(values: string[]): SQL {
	return values.length
		? sql.join(
				values.map((value) => sql`${value}`),
				sql`, `
			)
		: sql`null`;
}

/** The same work on several orders is one: same item, same thing it covers, same state. */
const asWork = sql`
	select (array_agg(id order by due_on asc nulls last, id))[1] as id, count(distinct order_id)::int as orders,
		min(due_on)::text as due, coalesce(min(due_on), ${endOfTime}::date) as sort_day, doing as state
	from waiting
	group by measure_id, key, team, doing, case covers when 'product' then 'p' || product_id
		when 'importer_place' then 'i' || importer_id || ' ' || place_key else 'x' || id end`;

function shownRow(row: Found, words: Words, today: PlainDate): TodoRow {
	const about = {
		product: row.sku,
		importer_place: row.importer,
		order: row.number,
		measure: row.period?.startsWith('v')
			? words.t('item.period.version', { number: row.period.slice(1) })
			: words.t('item.period.week', { day: words.day(row.period, today) })
	} satisfies Record<TodoRow['covers'], string | null>;
	return {
		id: row.id,
		title: words.name(row.title),
		team: row.team,
		covers: row.covers,
		about: about[row.covers] ?? '',
		orders: row.orders,
		dueOn: row.due,
		state: row.state,
		assignee: row.assignee,
		mandatory: row.mandatory,
		preparer: row.preparer
	};
}
