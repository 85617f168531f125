/** A business date, ISO `YYYY-MM-DD`, without a zone. Compares as text. */
export type PlainDate = string;

const DAY = 86_400_000;
const form = /^\d{4}-\d{2}-\d{2}$/;

/** True for a date that exists in the calendar: `2026-02-30` is none. */
export function isPlainDate(text: string): text is PlainDate {
	if (!form.test(text)) return false;
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

export function addDays(day: PlainDate, days: number): PlainDate {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

export function laterOf(a: PlainDate, b: PlainDate | null | undefined): PlainDate {
	return b && b > a ? b : a;
}

/** The earliest of the dates that are known, or null. */
export function earliest(days: readonly (PlainDate | null | undefined)[]): PlainDate | null {
	return days.reduce<PlainDate | null>((least, day) => (day && (!least || day < least) ? day : least), null);
}

/** The Monday on or before the day: weeks are shown by their dates. */
export function mondayOf(day: PlainDate): PlainDate {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return addDays(day, -((weekday + 6) % 7));
}

/** The business date at an instant in a zone, whatever zone the server runs in. */
export function businessDay(instant: Date, zone: string): PlainDate {
	return new Intl.DateTimeFormat('en-CA', {
		timeZone: zone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit'
	}).format(instant);
}
