import { isPlainDate, type PlainDate } from '#lib/time.ts';

/** The day a page is asked for with `?on=`; what is no day means today. */
export function dayAsked(url: URL, today: PlainDate): PlainDate {
	const asked = url.searchParams.get('on') ?? '';
	return isPlainDate(asked) ? asked : today;
}
