import type { Applicability } from '#lib/rules/leaf.ts';
import type { Part, Rule } from '#lib/rules/rule.ts';
import { within } from '#lib/rules/truth.ts';
import { fraction, scaled, shared } from '#lib/money.ts';
import type { PlainDate } from '#lib/time.ts';
import { buckets, type Bucket, type ItemFacts, type LineFacts, type Range } from './judgement.ts';
import { overdue, standing } from './readiness.ts';

/** Money at risk on a line, in minor units of the order's currency. Bucket null: no surcharge concerns it. */
export interface LineMoney extends Range {
	bucket: Bucket | null;
	/** The rate of the high figure, as a decimal. */
	rate: string | null;
}

type Cargo = {
	freightMinor: number;
	insuranceMinor: number;
	lines: readonly LineFacts[];
};

const none: LineMoney = { bucket: null, low: 0, high: 0, rate: null };

/** Half up, once per figure: low = rate x FOB if the rule applies, 0 if that is open; high = rate x CIF. */
export function exposureOf(
	rule: Rule,
	cargo: Cargo,
	applicabilities: readonly Applicability[],
	items: readonly ItemFacts[],
	day: PlainDate | null,
	on: PlainDate
): LineMoney[] {
	const rates = ratesOn(rule.rates, day);
	if (rates === null) return cargo.lines.map(() => none);
	const conditions = conditionsOn(rule, day).map((condition) =>
		items.filter((item) => item.condition === condition)
	);
	const low = rates.low === null ? null : fraction(rates.low);
	const high = fraction(rates.high);
	const cif = cifOf(cargo);
	return cargo.lines.map((line, index) => {
		const applicability = applicabilities[index]!;
		if (applicability === 'not_in_reported_scope') return none;
		const sure = applicability === 'applies' && low !== null;
		return {
			bucket: bucketOf(applicability, conditions, line.product, day ?? on, on),
			low: sure ? scaled(line.fobMinor, low.numerator, low.denominator) : 0,
			high: scaled(cif[index]!, high.numerator, high.denominator),
			rate: rates.high
		};
	});
}

/** Freight and insurance shared over the lines by their FOB values, to the last minor unit. */
export function cifOf({ freightMinor, insuranceMinor, lines }: Cargo): number[] {
	const shares = shared(
		freightMinor + insuranceMinor,
		lines.map((line) => line.fobMinor)
	);
	return lines.map((line, index) => line.fobMinor + shares[index]!);
}

/**
 * The rates that may hold on a day, or null where none is reported for it. A rate with an unknown window widens the
 * range; where only such rates are left, whether anything is charged is open, so there is no low rate.
 */
export function ratesOn(
	rates: readonly Part[],
	day: PlainDate | null
): { low: string | null; high: string } | null {
	let sure = false;
	let low: string | null = null;
	let high: string | null = null;
	for (const rate of rates) {
		const truth = within(rate, day);
		if (truth === 'false') continue;
		sure ||= truth === 'true';
		if (low === null || Number(rate.value) < Number(low)) low = rate.value;
		if (high === null || Number(rate.value) > Number(high)) high = rate.value;
	}
	return high === null ? null : { low: sure ? low : null, high };
}

/** The conditions to be met on a day; one whose window is unknown has to be met as well. */
export function conditionsOn(rule: Rule, day: PlainDate | null): string[] {
	const open = rule.conditions.filter((part) => within(part, day) !== 'false');
	return [...new Set(open.map((part) => part.value))];
}

/**
 * Exactly one bucket for a line the rule may reach. Prepared needs every condition met by at least one item, and at
 * least one condition: where none is reported there is nothing that could be prepared. One missing condition costs the
 * full rate once.
 */
function bucketOf(
	applicability: Applicability,
	conditions: readonly ItemFacts[][],
	product: number,
	day: PlainDate,
	on: PlainDate
): Bucket {
	let met = conditions.length > 0;
	let missing = false;
	for (const items of conditions) {
		let asked = false;
		for (const item of items) {
			if (item.product !== null && item.product !== product) continue;
			asked = true;
			const now = standing(item, day);
			if (now === 'met') continue;
			met = false;
			if (now === 'expired' || now === 'failed' || overdue(item, on)) missing = true;
		}
		if (!asked) met = false;
	}
	if (met) return 'prepared';
	if (applicability === 'undetermined') return 'may_not_apply';
	return missing ? 'missing' : 'open';
}

/** The lines' money by bucket: the four sum to the total of the order. */
export function sumOf(lines: readonly LineMoney[]): Record<Bucket, Range> {
	const total = Object.fromEntries(buckets.map((bucket) => [bucket, { low: 0, high: 0 }])) as Record<
		Bucket,
		Range
	>;
	for (const { bucket, low, high } of lines) {
		if (bucket === null) continue;
		total[bucket].low += low;
		total[bucket].high += high;
	}
	return total;
}
