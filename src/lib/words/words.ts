import { decimals } from '#lib/money.ts';
import type { PlainDate } from '#lib/time.ts';
import type en from './en.json';
import { compiled } from './message.ts';

export const locales = ['en', 'zh-CN', 'vi'] as const;
export type Locale = (typeof locales)[number];
export type MessageKey = keyof typeof en;
export type Catalog = Record<MessageKey, string>;
export type Args = Record<string, string | number>;

/** A text that people or the starter pack wrote, in the languages it was written in. */
export type LocalizedText = Partial<Record<Locale, string>>;

export function isLocale(text: unknown): text is Locale {
	return locales.includes(text as Locale);
}

/** Everything a screen, a mail or an error needs to speak one language. */
export interface Words {
	locale: Locale;
	/** The message, with its arguments. */
	t(key: MessageKey, args?: Args): string;
	/** The text in this language, else in English, else in any language it has. */
	name(text: LocalizedText | null | undefined): string;
	/** `Fri 11 Dec`, with the year when it is not that of `near`. */
	day(day: PlainDate | null | undefined, near?: PlainDate): string;
	/** Date and time in the business zone. */
	moment(instant: string | Date | null | undefined): string;
	/** `5,802.30` in the currency's decimals, without its name. */
	amount(minor: number, currency: string): string;
	/** `38,000 USD`: whole units where there are no cents to show. */
	money(minor: number, currency: string): string;
	/** `5,700–5,802 USD`; one figure where both ends are equal, cents on both ends where either has some. */
	range(low: number, high: number, currency: string): string;
	number(value: number, options?: Intl.NumberFormatOptions): string;
	list(parts: readonly string[]): string;
	compare(a: string, b: string): number;
}

/** Speaks `locale` from its catalog; formatters are made once, because a list has hundreds of dates. */
export function wordsFor(locale: Locale, catalog: Catalog, zone: string): Words {
	const messages = new Map<string, ReturnType<typeof compiled>>();
	const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
	const collator = new Intl.Collator(locale, { numeric: true });
	const lists = new Intl.ListFormat(locale, { type: 'conjunction' });

	function made<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
		let format = formats.get(key) as F | undefined;
		if (!format) formats.set(key, (format = make()));
		return format;
	}
	function dayFormat(withYear: boolean) {
		return made(`day:${withYear}`, () => {
			const parts = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
			const tag = locale === 'en' ? 'en-GB' : locale;
			return new Intl.DateTimeFormat(tag, withYear ? { ...parts, year: 'numeric' } : parts);
		});
	}
	function moneyFormat(places: number) {
		return made(
			`money:${places}`,
			() => new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
		);
	}
	/** Cents are shown only where one of the figures has some: tables stay short, ranges even, and all of it exact. */
	function figures(minors: readonly number[], currency: string): string[] {
		const places = decimals(currency);
		const unit = 10 ** places;
		const shown = moneyFormat(minors.every((minor) => minor % unit === 0) ? 0 : places);
		return minors.map((minor) => shown.format(minor / unit));
	}

	const words: Words = {
		locale,
		t(key, args) {
			const text = catalog[key] ?? key;
			if (!text.includes('{')) return text;
			let message = messages.get(key);
			if (!message) messages.set(key, (message = compiled(text, locale)));
			return message(args);
		},
		name(text) {
			return text?.[locale] ?? text?.en ?? text?.['zh-CN'] ?? text?.vi ?? '';
		},
		day(day, near) {
			if (!day) return '';
			const sameYear = near !== undefined && near.slice(0, 4) === day.slice(0, 4);
			return dayFormat(!sameYear)
				.format(new Date(`${day}T00:00:00Z`))
				.replace(',', '');
		},
		moment(instant) {
			if (!instant) return '';
			const format = made(
				'moment',
				() =>
					new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
						day: 'numeric',
						month: 'short',
						year: 'numeric',
						hour: '2-digit',
						minute: '2-digit',
						timeZone: zone
					})
			);
			return format.format(new Date(instant));
		},
		amount: (minor, currency) => moneyFormat(decimals(currency)).format(minor / 10 ** decimals(currency)),
		money: (minor, currency) => `${figures([minor], currency)[0]} ${currency}`,
		range(low, high, currency) {
			if (low === high) return words.money(low, currency);
			// A bare 0 needs no cents.
			const ends = low === 0 ? ['0', ...figures([high], currency)] : figures([low, high], currency);
			return `${ends.join('–')} ${currency}`;
		},
		number: (value, options) =>
			options
				? made(`n:${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)).format(value)
				: made('n', () => new Intl.NumberFormat(locale)).format(value),
		list: (parts) => lists.format(parts),
		compare: (a, b) => collator.compare(a, b)
	};
	return words;
}
