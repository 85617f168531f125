import type { PlainDate } from '#lib/time.ts';
import type { Locale, MessageKey } from '#lib/words/words.ts';

export interface MenuLink {
	href: string;
	label: MessageKey;
	/** A name of icons.ts; an unknown one shows the help mark. */
	icon: string;
	/** How many things wait there. */
	badge?: number;
}

/** What the frame around every page shows; the root layout's data holds it. */
export interface ShellData {
	locale: Locale;
	/** `light`, `dark`, or whatever the device prefers. */
	theme: string;
	today: PlainDate;
	person: { name: string } | null;
	workspace: { kind: 'demo' | 'real'; shownOn: PlainDate | null } | null;
	/** Already what this person may open. */
	menu: MenuLink[];
	/** The one quiet line about certainty, in words. */
	standing: { text: string; href: string } | null;
}

/** True on the page itself and on everything below it; `/` is only itself. */
export function isCurrent(href: string, path: string): boolean {
	return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

/** The letter after `g` that leads there; by icon, so that it is the same in every language. */
const letters: Record<string, string> = {
	today: 't',
	orders: 'o',
	work: 'w',
	materials: 'm',
	quote: 'q',
	overview: 'v',
	decisions: 'd',
	inbox: 'i',
	sources: 's',
	changes: 'c',
	rules: 'r',
	products: 'p',
	activity: 'a',
	settings: 'e',
	help: 'h'
};

export function letterOf(link: MenuLink): string | undefined {
	return letters[link.icon];
}

/** Each language by its own name, as its speakers look for it. */
export const languages: Record<Locale, string> = { en: 'English', 'zh-CN': '中文', vi: 'Tiếng Việt' };
