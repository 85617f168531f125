import { clockTime, type ClockTime } from './feed-time.ts';

type Day = { year: number; month: number; day: number };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EARLIEST = 1900;
const LATEST = 2200;
const MAX_LENGTH = 100;
const MINUTE_MS = 60_000;

/**
 * A feed's date as ISO 8601 in UTC, or undefined when it cannot be read: never a guess, never now.
 * Reads ISO 8601 and W3C-DTF, RFC 822 and its many misspellings, dd/mm/yyyy with time before or after (Viet Nam),
 * and 2026年11月10日 (China). Without a zone the time is taken as UTC; without a time it is midnight.
 */
export function feedDate(written: string | undefined): string | undefined {
	const text = written?.slice(0, MAX_LENGTH).normalize('NFKC').trim() ?? '';
	if (text === '') return undefined;
	const packed = packedDate(text);
	if (packed) return packed;
	const time = clockTime(text);
	// A time that cannot be makes the whole doubtful: better no date than a wrong one.
	if (!time && /\d:\w/.test(text)) return undefined;
	const day = findDay(time?.rest ?? text, time?.usual12h ?? false);
	return day && instant(day, time);
}

/** Figures only: 20261110, 20261110T093000Z, 2026314 (day of the year), or seconds since 1970. */
function packedDate(text: string): string | undefined {
	const compact = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?:\s*(Z|[+-]\d\d:?\d\d))?$/i.exec(text);
	if (compact) {
		const [, y, m, d, hour = '00', minute = '00', second = '00', zone = 'Z'] = compact;
		return feedDate(`${y}-${m}-${d}T${hour}:${minute}:${second}${zone}`);
	}
	const ordinal = /^(\d{4})-?(\d{3})$/.exec(text);
	if (ordinal)
		return instant({ year: Number(ordinal[1]), month: 1, day: 1 }, undefined, Number(ordinal[2]) - 1);
	if (/^\d{10}$|^\d{13}$/.test(text)) {
		return new Date(Number(text) * (text.length === 10 ? 1000 : 1)).toISOString();
	}
	return undefined;
}

type Pattern = { form: RegExp; day: (groups: string[], usual12h: boolean) => Day | undefined };

/** First match wins; the unmistakable forms stand before those that need an assumption. */
const PATTERNS: Pattern[] = [
	{
		form: /(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)/,
		day: ([y, m, d]) => ymd(y, m, d)
	},
	{
		form: /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s\-.,/]*([a-z]{3,9})[\s\-.,/']+(\d{4}|\d\d)(?!\d)/i,
		day: ([d, name, y]) => named(y, name, d)
	},
	{
		form: /\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/i,
		day: ([name, d, y]) => named(y, name, d)
	},
	{
		form: /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})[\s,]+(?:năm\s+)?(\d{4})(?!\d)/i,
		day: ([d, m, y]) => ymd(y, m, d)
	},
	{ form: /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/, day: slashed },
	{ form: /^(\d{4})-(\d\d)$/, day: ([y, m]) => ymd(y, m, '1') },
	{ form: /^(\d{4})$/, day: ([y]) => ymd(y, '1', '1') }
];

function findDay(text: string, usual12h: boolean): Day | undefined {
	for (const { form, day } of PATTERNS) {
		const match = form.exec(text.trim());
		const found = match && day(match.slice(1), usual12h);
		if (found) return found;
	}
	return undefined;
}

/** Day first, as in Viet Nam and most of the world; month first only with AM/PM or where nothing else is possible. */
function slashed([first, second, year]: string[], usual12h: boolean): Day | undefined {
	const monthFirst = Number(second) > 12 || (usual12h && Number(first) <= 12);
	return monthFirst ? ymd(year, first, second) : ymd(year, second, first);
}

function named(year = '', month = '', day = ''): Day | undefined {
	const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
	return index < 0 ? undefined : ymd(fullYear(year), String(index + 1), day);
}

/** Two digits mean 1970 to 2069, as RFC 2822 readers agree. */
function fullYear(year: string): string {
	if (year.length !== 2) return year;
	return Number(year) < 70 ? `20${year}` : `19${year}`;
}

function ymd(year = '', month = '', day = ''): Day | undefined {
	const found = { year: Number(year), month: Number(month), day: Number(day) };
	const last = new Date(Date.UTC(found.year, found.month, 0)).getUTCDate();
	const exists = found.month >= 1 && found.month <= 12 && found.day >= 1 && found.day <= last;
	return exists && found.year >= EARLIEST && found.year <= LATEST ? found : undefined;
}

function instant({ year, month, day }: Day, time?: ClockTime, daysLater = 0): string {
	const { hour = 0, minute = 0, second = 0, millisecond = 0, offset = 0 } = time ?? {};
	const local = Date.UTC(year, month - 1, day + daysLater, hour, minute, second, millisecond);
	return new Date(local - offset * MINUTE_MS).toISOString();
}
