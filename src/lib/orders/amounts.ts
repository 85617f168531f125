import { decimals, fraction, scaled } from '#lib/money.ts';
import type { MessageKey } from '#lib/words/words.ts';

/** An amount as typed, in minor units, or the key of what is wrong with it. */
export type Reading = { minor: number } | { wrong: MessageKey };

const most = 1e15;

/** `1234.56`. A comma is refused, because it means thousands to one reader and cents to another. */
export function readAmount(typed: string, currency: string): Reading {
	const text = typed.replace(/\s/g, '');
	if (text.includes(',')) return { wrong: 'orders.form.decimal_point' };
	const match = /^(\d{1,13})(?:\.(\d+))?$/.exec(text);
	if (!match) return { wrong: 'orders.form.amount_wrong' };
	const places = decimals(currency);
	const cents = match[2] ?? '';
	if (cents.length > places) return { wrong: places ? 'orders.form.too_many_cents' : 'orders.form.no_cents' };
	const minor = Number(match[1] + cents.padEnd(places, '0'));
	return minor <= most ? { minor } : { wrong: 'orders.form.amount_wrong' };
}

/** Quantity x unit price. A unit price may have finer steps than the currency; the product is rounded half up once. */
export function readUnitPrice(typed: string, quantity: number, currency: string): Reading {
	const text = typed.replace(/\s/g, '');
	if (text.includes(',')) return { wrong: 'orders.form.decimal_point' };
	if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(text)) return { wrong: 'orders.form.amount_wrong' };
	const { numerator, denominator } = fraction(text);
	const minor = scaled(quantity, numerator * 10n ** BigInt(decimals(currency)), denominator);
	return minor <= most ? { minor } : { wrong: 'orders.form.amount_wrong' };
}
