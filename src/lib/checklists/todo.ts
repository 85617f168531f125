import { addDays, mondayOf, type PlainDate } from '#lib/time.ts';
import type { Covers } from '../changes/words.ts';

export const views = ['mine', 'team', 'waiting', 'all'] as const;
export type TodoView = (typeof views)[number];

/** What the address of the list says; an empty text means any. */
export interface TodoFilters {
	view: TodoView | '';
	team: string;
	product: string;
	order: string;
	after: string;
}

/** `returned`, `stale` and `expired` ask for a hand although something was done before. */
export type TodoState = 'open' | 'returned' | 'stale' | 'expired' | 'prepared';

/** One row: the same work on however many orders. */
export interface TodoRow {
	/** The item that is due first. */
	id: number;
	title: string;
	team: string;
	covers: Covers;
	/** What it is about: a product's SKU, an importer, an order's number, a week. */
	about: string;
	orders: number;
	dueOn: PlainDate | null;
	state: TodoState;
	assignee: string | null;
	mandatory: boolean;
	/** Who prepared it, for what waits to be accepted. */
	preparer: string | null;
}

export const dueGroups = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** Where a due day stands on `today`; the week ends on Sunday. */
export function dueGroup(due: PlainDate | null, today: PlainDate): DueGroup {
	if (due === null) return 'none';
	if (due < today) return 'overdue';
	if (due === today) return 'today';
	return due < addDays(mondayOf(today), 7) ? 'week' : 'later';
}

/** Rows under the headings they stand below, in the order of time; headings without rows are left out. */
export function grouped(rows: readonly TodoRow[], today: PlainDate): { group: DueGroup; rows: TodoRow[] }[] {
	return dueGroups
		.map((group) => ({ group, rows: rows.filter((row) => dueGroup(row.dueOn, today) === group) }))
		.filter(({ rows: under }) => under.length > 0);
}

export function todoFilters(params: URLSearchParams): TodoFilters {
	const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 80);
	return {
		view: views.find((view) => view === params.get('view')) ?? '',
		team: text('team'),
		product: text('product'),
		order: text('order'),
		after: text('after')
	};
}

/** The filters as an address has them, without where the page begins. */
export function todoQuery({ view, team, product, order }: TodoFilters): string {
	const said = Object.entries({ view, team, product, order }).filter(([, value]) => value !== '');
	return said.length ? `?${new URLSearchParams(said)}` : '';
}

/** Rows without a day come last. */
export const endOfTime = '9999-12-31';

export function markOf(row: Pick<TodoRow, 'id' | 'dueOn'>): string {
	return `${row.dueOn ?? endOfTime}~${row.id}`;
}

/** Where a page begins, or null at the start. */
export function readMark(text: string): { due: PlainDate; id: number } | null {
	const [, due, id] = /^(\d{4}-\d{2}-\d{2})~(\d{1,9})$/.exec(text) ?? [];
	return due ? { due, id: Number(id) } : null;
}
