import { isPlainDate, type PlainDate } from '#lib/time.ts';
import type { MessageKey } from '#lib/words/words.ts';
import type { Reading } from './amounts.ts';

/** Says what is wrong with which field; reading goes on, so that everything is said at once. */
export type Refuse = (path: string[], key: MessageKey) => void;

/** Numbers that are addresses of other pages. */
const reserved = new Set(['new', 'import']);

export const none: Reading = { minor: 0 };

export function minorIn(reading: Reading, path: string[], refuse: Refuse): number {
	if ('minor' in reading) return reading.minor;
	refuse(path, reading.wrong);
	return 0;
}

export function needed(text: string, field: string, refuse: Refuse): string {
	if (!text) refuse([field], 'form.field_required');
	else if (text.length > 160) refuse([field], 'form.field_too_long');
	return text;
}

export function readNumber(text: string, refuse: Refuse): string {
	if (!text) refuse(['number'], 'form.field_required');
	else if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u.test(text) || reserved.has(text.toLowerCase()))
		refuse(['number'], 'orders.form.number_wrong');
	return text;
}

export function readDay(text: string, field: string, refuse: Refuse): PlainDate | null {
	if (text && !isPlainDate(text)) refuse([field], 'orders.form.day_wrong');
	return text || null;
}

/** UN/LOCODE: two letters of the country and three of the port. */
export function readPort(text: string, refuse: Refuse): string | null {
	const port = text.toUpperCase();
	if (port && !(/^[A-Z]{2}[A-Z2-9]{3}$/.test(port) && isCountry(port.slice(0, 2))))
		refuse(['loadingPort'], 'orders.form.port_unknown');
	return port || null;
}

export function readCountry(text: string, path: string[], refuse: Refuse): string | null {
	const code = text.toUpperCase();
	if (code && !isCountry(code)) refuse(path, 'orders.form.country_unknown');
	return code || null;
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean {
	return /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined;
}

export function oneOf<T extends string>(text: string, of: readonly T[], field: string, refuse: Refuse): T {
	const found = of.find((value) => value === text);
	if (found === undefined) refuse([field], text ? 'form.field_wrong' : 'form.field_required');
	return found ?? of[0]!;
}
