import { converted } from '#lib/money.ts';
import { buckets, type Bucket, type Judgement, type Range } from '#lib/orders/judgement.ts';
import { addDays, daysBetween, type PlainDate } from '#lib/time.ts';

/** Orders that are alike in everything management asks about, added up. */
export interface Tally {
	place: string;
	/** Monday of the week they are declared in; null: no date. */
	week: PlainDate | null;
	payer: Judgement['payer'];
	currency: string;
	readiness: Judgement['readiness'];
	orders: number;
	/** FOB value in minor units of `currency`. */
	value: number;
	exposure: Record<Bucket, Range>;
}

export interface Rate {
	from: string;
	to: string;
	rate: string;
	on: PlainDate;
	source: string;
}

export interface Cell {
	ready: number;
	asked: number;
}

export interface Overview {
	currency: string;
	/** Orders of the measure; those it asks nothing of are outside numerator and denominator. */
	asked: number;
	ready: number;
	notAsked: number;
	/** Share of the asked orders' value that is ready, 0 to 1; null: nothing is asked. */
	readyValue: number | null;
	/** Each bucket with its payers: the payers sum to it exactly. */
	money: { bucket: Bucket; total: Range; exporter: Range; importer: Range }[];
	/** Missing + open + may not apply. Prepared stands beside it, never in it. */
	atRisk: Range & { exporter: Range };
	weeks: (PlainDate | null)[];
	rows: { place: string; cells: Cell[]; total: Cell }[];
	/** Rates used, and currencies without one: their money is in no figure above. */
	rates: Rate[];
	withoutRate: { currency: string; orders: number }[];
}

/** The management figures from tallies. Converted once per tally, so that every sum on the page adds up to the cent. */
export function overviewOf(tallies: readonly Tally[], rates: readonly Rate[], currency: string): Overview {
	const used = new Map<string, Rate>();
	const without = new Map<string, number>();
	const inOne = tallies.flatMap((tally) => {
		if (tally.currency === currency) return [tally];
		const rate = rates.find(({ from, to }) => from === tally.currency && to === currency);
		if (rate) used.set(rate.from, rate);
		else without.set(tally.currency, (without.get(tally.currency) ?? 0) + tally.orders);
		return [rate ? inCurrency(tally, rate) : { ...tally, value: 0, exposure: none() }];
	});
	const asked = inOne.filter((tally) => tally.readiness !== 'not_asked');
	const ready = asked.filter((tally) => tally.readiness === 'ready');
	const value = sum(asked, (tally) => tally.value);
	const money = buckets.map((bucket) => ofBucket(inOne, bucket));
	return {
		currency,
		asked: sum(asked, (tally) => tally.orders),
		ready: sum(ready, (tally) => tally.orders),
		notAsked: sum(inOne, (tally) => tally.orders) - sum(asked, (tally) => tally.orders),
		readyValue: value ? sum(ready, (tally) => tally.value) / value : null,
		money,
		atRisk: atRiskOf(money),
		...grid(asked),
		rates: [...used.values()],
		withoutRate: [...without].map(([code, orders]) => ({ currency: code, orders }))
	};
}

function inCurrency(tally: Tally, { from, to, rate }: Rate): Tally {
	const exposure = Object.fromEntries(
		buckets.map((bucket) => {
			const { low, high } = tally.exposure[bucket];
			return [bucket, { low: converted(low, from, to, rate), high: converted(high, from, to, rate) }];
		})
	) as Record<Bucket, Range>;
	return { ...tally, currency: to, value: converted(tally.value, from, to, rate), exposure };
}

function ofBucket(tallies: readonly Tally[], bucket: Bucket): Overview['money'][number] {
	const of = (payer?: Tally['payer']) =>
		added(tallies.filter((tally) => !payer || tally.payer === payer).map((tally) => tally.exposure[bucket]));
	return { bucket, total: of(), exporter: of('exporter'), importer: of('importer') };
}

function atRiskOf(money: Overview['money']): Overview['atRisk'] {
	const risky = money.filter(({ bucket }) => bucket !== 'prepared');
	return {
		...added(risky.map(({ total }) => total)),
		exporter: added(risky.map(({ exporter }) => exporter))
	};
}

function grid(asked: readonly Tally[]): Pick<Overview, 'weeks' | 'rows'> {
	const weeks = withGaps([...new Set(asked.map((tally) => tally.week))].sort(byWeek));
	const places = [...new Set(asked.map((tally) => tally.place))].sort();
	const cell = (some: readonly Tally[]): Cell => ({
		asked: sum(some, (tally) => tally.orders),
		ready: sum(some, (tally) => (tally.readiness === 'ready' ? tally.orders : 0))
	});
	const rows = places.map((place) => {
		const here = asked.filter((tally) => tally.place === place);
		return {
			place,
			cells: weeks.map((week) => cell(here.filter((tally) => tally.week === week))),
			total: cell(here)
		};
	});
	return { weeks, rows };
}

/** A quarter: as many weeks as a page shows side by side. */
const widest = 13;

/** Within a quarter the weeks between stand there too, so that the columns read as time. */
function withGaps(weeks: (PlainDate | null)[]): (PlainDate | null)[] {
	const dated = weeks.filter((week) => week !== null);
	const [first, last] = [dated[0], dated.at(-1)];
	if (!first || !last || daysBetween(first, last) >= widest * 7) return weeks;
	const all = Array.from({ length: daysBetween(first, last) / 7 + 1 }, (_, at) => addDays(first, at * 7));
	return dated.length === weeks.length ? all : [...all, null];
}

/** Weeks without a date come last. */
function byWeek(a: PlainDate | null, b: PlainDate | null): number {
	return a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
}

function added(ranges: readonly Range[]): Range {
	return { low: sum(ranges, (range) => range.low), high: sum(ranges, (range) => range.high) };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
	return all.reduce((total, one) => total + of(one), 0);
}

function none(): Record<Bucket, Range> {
	return Object.fromEntries(buckets.map((bucket) => [bucket, { low: 0, high: 0 }])) as Record<Bucket, Range>;
}
