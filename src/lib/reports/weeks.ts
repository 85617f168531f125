import type { StateKind } from '#lib/ui/kinds.ts';
import { addDays, type PlainDate } from '#lib/time.ts';
import type { Locale } from '#lib/words/words.ts';
import type { Cell } from './overview.ts';

const formats = new Map<Locale, Intl.DateTimeFormat>();

/** A week by its dates, `30 Nov–6 Dec`: nobody has to know its number. */
export function weekName(locale: Locale, monday: PlainDate): string {
	let format = formats.get(locale);
	if (!format) {
		const tag = locale === 'en' ? 'en-GB' : locale;
		format = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
		formats.set(locale, format);
	}
	const name = (day: PlainDate) => format.format(new Date(`${day}T00:00:00Z`));
	return `${name(monday)}–${name(addDays(monday, 6))}`;
}

/** How many days ahead a gap is pressing: what is missing then can hardly be made any more. */
const pressingDays = 7;

/** The state of a place in a week: all ready, something missing, or missing although the goods arrive within days. */
export function cellKind({ ready, asked }: Cell, week: PlainDate | null, on: PlainDate): StateKind {
	if (ready === asked) return 'done';
	if (week === null) return 'unknown';
	return week <= addDays(on, pressingDays) ? 'blocked' : 'waiting';
}
