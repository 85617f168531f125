import { isPlainDate, mondayOf, type PlainDate } from '#lib/time.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { buckets, type Bucket, type Judgement, type Material, type Range } from './judgement.ts';

export const orderSorts = ['arrival', 'number', 'risk'] as const;
export type OrderSort = (typeof orderSorts)[number];
export const readinesses = ['ready', 'not_ready', 'not_asked', 'no_date'] as const;
export const applicabilities = ['applies', 'undetermined', 'not_in_reported_scope', 'mixed'] as const;
export const orderStates = ['open', 'closed'] as const;

/** What the address of a list says. An empty text means: any. */
export interface OrderFilters {
	/** Part of a number, of the buyer's name or of a SKU. */
	search: string;
	place: string;
	readiness: Judgement['readiness'] | '';
	bucket: Bucket | '';
	applicability: Judgement['applicability'] | '';
	/** Monday of the week of arrival. */
	week: PlainDate | '';
	/** Only orders on which something waits for a team of mine. */
	mine: boolean;
	state: (typeof orderStates)[number];
	sort: OrderSort;
	/** Where the page begins: what the page before it answered. */
	after: string;
}

/** Reads the address leniently: what nobody can mean is as if it were not there. */
export function orderFilters(params: URLSearchParams): OrderFilters {
	const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 120);
	const one = <T extends string>(name: string, of: readonly T[]): T | '' =>
		of.find((value) => value === params.get(name)) ?? '';
	const week = text('week');
	return {
		search: text('q'),
		place: text('place'),
		readiness: one('readiness', readinesses),
		bucket: one('bucket', buckets),
		applicability: one('applicability', applicabilities),
		week: isPlainDate(week) ? mondayOf(week) : '',
		mine: params.get('mine') === '1',
		state: one('state', orderStates) || 'open',
		sort: one('sort', orderSorts) || 'arrival',
		after: text('after')
	};
}

/** Whether anything narrows the list: an empty list then says so, instead of offering the first order. */
export function narrowed(filters: OrderFilters): boolean {
	const { search, place, readiness, bucket, applicability, week, mine, state } = filters;
	return !!(search || place || readiness || bucket || applicability || week) || mine || state !== 'open';
}

/** One row of the list: the sentence the product exists for. Amounts in minor units of the currency. */
export interface OrderRow {
	id: number;
	number: string;
	buyer: string;
	place: LocalizedText;
	eta: PlainDate | null;
	declarationOn: PlainDate | null;
	currency: string;
	applicability: Judgement['applicability'];
	readiness: Judgement['readiness'];
	mandatoryTotal: number;
	mandatoryHolding: number;
	materials: Record<string, Material>;
	exposure: Record<Bucket, Range>;
}

export type Mark =
	{ arrival: PlainDate | null; id: number } | { number: string } | { risk: [string, number, number] };

/** Where the next page begins, for the address. */
export function markOf(
	sort: OrderSort,
	row: Pick<OrderRow, 'id' | 'number' | 'eta' | 'currency' | 'exposure'>
): string {
	if (sort === 'number') return row.number;
	if (sort === 'risk') return `${row.currency}~${atRisk(row.exposure).high}~${row.id}`;
	return `${row.eta ?? ''}~${row.id}`;
}

/** Null: the page begins at the start, because nothing or nonsense was asked for. */
export function readMark(sort: OrderSort, text: string): Mark | null {
	if (!text) return null;
	if (sort === 'number') return { number: text };
	if (sort === 'risk') {
		const [, currency, amount, id] = /^([A-Z]{3})~(\d{1,15})~(\d{1,9})$/.exec(text) ?? [];
		return currency ? { risk: [currency, Number(amount), Number(id)] } : null;
	}
	const [match, day, id] = /^(\d{4}-\d{2}-\d{2})?~(\d{1,9})$/.exec(text) ?? [];
	if (!match || (day && !isPlainDate(day))) return null;
	return { arrival: day ?? null, id: Number(id) };
}

const risky: readonly Bucket[] = ['missing', 'open', 'may_not_apply'];

/** What is at risk: missing, open and may not apply. Prepared is shown beside it, never folded in. */
export function atRisk(exposure: Record<Bucket, Range>): Range {
	return risky.reduce(
		(sum, bucket) => ({ low: sum.low + exposure[bucket].low, high: sum.high + exposure[bucket].high }),
		{ low: 0, high: 0 }
	);
}

/** The buckets that hold money, what needs a hand most first. */
export function bucketsWithMoney(exposure: Record<Bucket, Range>): Bucket[] {
	return [...risky, 'prepared' as const].filter((bucket) => exposure[bucket].high > 0);
}

/** Whether a judgement made for another day passes the filters that ask for judgements. */
export function passes(row: OrderRow, filters: OrderFilters): boolean {
	if (filters.readiness && row.readiness !== filters.readiness) return false;
	if (filters.applicability && row.applicability !== filters.applicability) return false;
	return !filters.bucket || row.exposure[filters.bucket].high > 0;
}

/** The conditions that rows have materials for, in one order on every page: the shortest word first. */
export function conditionsShown(rows: readonly { materials: object }[]): string[] {
	const found = [...new Set(rows.flatMap((row) => Object.keys(row.materials)))];
	return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** The filters as an address has them, without where the page begins. */
export function orderQuery(
	filters: OrderFilters,
	change: Record<string, string> = {}
): Record<string, string> {
	const { search, place, readiness, bucket, applicability, week, mine, state, sort } = filters;
	const said = {
		...{ q: search, place, readiness, bucket, applicability, week, mine: mine ? '1' : '' },
		...{ state: state === 'open' ? '' : state, sort: sort === 'arrival' ? '' : sort },
		...change
	};
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
}
