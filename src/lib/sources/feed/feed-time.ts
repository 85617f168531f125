/** A time of day found in a text. `offset` is minutes east of UTC, 0 when no zone is given. */
export type ClockTime = {
	hour: number;
	minute: number;
	second: number;
	millisecond: number;
	offset: number;
	/** Written with AM or PM, which tells the American order of day and month. */
	usual12h: boolean;
	/** The text without time and zone. */
	rest: string;
};

const TIME =
	/(?<!\d)(\d{1,2})\s?(?:[:h时時点시]|giờ)\s?(\d\d)(?:(?:[:分분]|phút)\s?(\d\d)(?:[.,](\d{1,9}))?[秒초]?)?[分분]?/i;
const HALF_BEFORE = /(上午|下午|凌晨|早上|中午|晚上|오전|오후)\s*$/;
const HALF_AFTER = /^\s*([ap]\.?m\b\.?|SA\b|CH\b)/i;
const AFTERNOON = /^(p|ch$|下午|晚上|中午|오후)/i;
const NUMERIC_ZONE =
	/^\s*[([]?(?:(?:GMT|UTC|UT|Z)\s?)?([+\-\u2212])(\d{1,2}):?(\d\d)?(?!\d)[)\]]?(\s*\([^)]*\))?/i;
const NAMED_ZONE = /^\s*[([]?([a-z]{1,5})(?![a-z])[)\]]?/i;

/** Hours east of UTC; names that several places use have the meaning RFC 822 or most feeds give them. */
const ZONES: Record<string, number> = {
	acst: 9.5,
	adt: -3,
	aedt: 11,
	aest: 10,
	akdt: -8,
	akst: -9,
	ast: -4,
	at: -4,
	awst: 8,
	bst: 1,
	cdt: -5,
	cest: 2,
	cet: 1,
	cst: -6,
	ct: -6,
	edt: -4,
	eest: 3,
	eet: 2,
	est: -5,
	et: -5,
	gmt: 0,
	hkt: 8,
	hst: -10,
	ict: 7,
	ist: 5.5,
	jst: 9,
	kst: 9,
	mdt: -6,
	mest: 2,
	met: 1,
	msk: 3,
	mst: -7,
	mt: -7,
	nzdt: 13,
	nzst: 12,
	pdt: -7,
	pht: 8,
	pst: -8,
	pt: -8,
	sgt: 8,
	ut: 0,
	utc: 0,
	west: 1,
	wet: 0,
	wib: 7,
	z: 0
};

/** The time of day in a text, wherever it stands; undefined if there is none or it does not exist. */
export function clockTime(text: string): ClockTime | undefined {
	const match = TIME.exec(text);
	if (!match) return undefined;
	const before = text.slice(0, match.index).replace(/T$/, '');
	const after = text.slice(match.index + match[0].length);
	const halfBefore = HALF_BEFORE.exec(before);
	const halfAfter = HALF_AFTER.exec(after);
	const half = halfBefore?.[1] ?? halfAfter?.[1];
	const zone = zoneAt(after.slice(halfAfter?.[0].length ?? 0));
	const hour = fullHour(Number(match[1]), half);
	const minute = Number(match[2]);
	const second = Number(match[3] ?? 0);
	if (hour > 24 || minute > 59 || second > 60) return undefined;
	return {
		hour,
		minute,
		// A leap second has no place of its own in UTC milliseconds.
		second: Math.min(second, 59),
		millisecond: Math.floor(Number(`0.${match[4] ?? 0}`) * 1000),
		offset: zone.offset,
		usual12h: /^[ap]/i.test(half ?? ''),
		rest: `${before.slice(0, before.length - (halfBefore?.[0].length ?? 0))} ${zone.rest}`
	};
}

function fullHour(hour: number, half: string | undefined): number {
	if (half === undefined || hour > 12) return hour;
	return (hour % 12) + (AFTERNOON.test(half) ? 12 : 0);
}

/** The zone a text begins with. An unknown name counts as UTC, as RFC 2822 4.3 asks. */
function zoneAt(text: string): { offset: number; rest: string } {
	const numeric = NUMERIC_ZONE.exec(text);
	if (numeric) {
		const [all, sign, hours, minutes = '0'] = numeric;
		const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '+' ? 1 : -1);
		return { offset, rest: text.slice(all.length) };
	}
	const named = NAMED_ZONE.exec(text);
	const hours = ZONES[named?.[1]?.toLowerCase() ?? ''];
	if (!named || hours === undefined) return { offset: 0, rest: text };
	return { offset: hours * 60, rest: text.slice(named[0].length) };
}
