/** Money is an integer of minor units (cents, fen, dong) with its ISO 4217 currency. Never a float of major units. */
export interface Money {
	minor: number;
	currency: string;
}

const withoutDecimals = new Set(['VND', 'JPY', 'KRW']);

/** How many decimals the currency has: VND none, USD and CNY two. */
export function decimals(currency: string): number {
	return withoutDecimals.has(currency) ? 0 : 2;
}

/** `'5802.30'`, `USD` -> 580230. Throws RangeError for text that is no amount of that currency. */
export function minorOf(amount: string, currency: string): number {
	const places = decimals(currency);
	const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(amount.trim());
	const fraction = match?.[3] ?? '';
	if (!match || fraction.length > places) throw new RangeError(`not an amount of ${currency}: ${amount}`);
	const units = Number(match[2] + fraction.padEnd(places, '0'));
	return match[1] ? -units : units;
}

/** 580230, `USD` -> `'5802.30'`: the form of the API. */
export function amountOf(minor: number, currency: string): string {
	const places = decimals(currency);
	const sign = minor < 0 ? '-' : '';
	const digits = String(Math.abs(minor)).padStart(places + 1, '0');
	return places ? `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}` : sign + digits;
}

/** a * numerator / denominator, rounded half up once, exact whatever the size. Amounts here are never negative. */
export function scaled(minor: number, numerator: bigint, denominator: bigint): number {
	return Number((2n * BigInt(minor) * numerator + denominator) / (2n * denominator));
}

/** A decimal text such as `'0.25'` or `'0.1400'` as an exact fraction. */
export function fraction(decimal: string): { numerator: bigint; denominator: bigint } {
	const match = /^(\d+)(?:\.(\d+))?$/.exec(decimal);
	if (!match) throw new RangeError(`not a decimal: ${decimal}`);
	const places = match[2] ?? '';
	return { numerator: BigInt(match[1] + places), denominator: 10n ** BigInt(places.length) };
}

/** Converts by a dated rate (units of `to` for one of `from`), half up once. */
export function converted(minor: number, from: string, to: string, rate: string): number {
	const { numerator, denominator } = fraction(rate);
	const shift = decimals(to) - decimals(from);
	return shift >= 0
		? scaled(minor, numerator * 10n ** BigInt(shift), denominator)
		: scaled(minor, numerator, denominator * 10n ** BigInt(-shift));
}

/** Splits a total over weights so that the parts sum to it exactly (largest remainder, earlier first). */
export function shared(total: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((a, b) => a + b, 0);
	if (sum === 0) return weights.map((_, index) => (index === 0 ? total : 0));
	const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
	const parts = exact.map((value) => Number(value / BigInt(sum)));
	const rest = exact.map((value, index) => ({ index, rest: value % BigInt(sum) }));
	let left = total - parts.reduce((a, b) => a + b, 0);
	rest.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
	for (const { index } of rest) if (left-- > 0) parts[index]! += 1;
	return parts;
}
