/** A message, read once: words, and the places where something is put in. */
type Piece = string | Place | Choice;
interface Place {
	kind: 'text' | 'number' | 'count';
	name: string;
}
interface Choice {
	kind: 'plural' | 'select';
	name: string;
	cases: Record<string, Piece[]>;
}

type Values = Record<string, string | number>;

/**
 * The part of ICU MessageFormat that our message files use: `{name}`, `{n, number}`, `{n, plural, =0 {..} one {..}
 * other {# ..}}` and `{x, select, yes {..} other {..}}`, nested as one likes. A tenth of the size of a whole reader, in
 * every page; message.test.ts holds it to the whole reader's answer for every message in every language.
 */
export function compiled(text: string, locale: string): (values?: Values) => string {
	const pieces = read(text);
	const numbers = new Intl.NumberFormat(locale);
	const rules = new Intl.PluralRules(locale);

	function said(parts: Piece[], values: Values, counted: number): string {
		return parts.map((part) => (typeof part === 'string' ? part : put(part, values, counted))).join('');
	}

	function put(part: Place | Choice, values: Values, counted: number): string {
		const value = values[part.name] ?? '';
		if ('cases' in part) return chosen(part, value, values, counted);
		if (part.kind === 'count') return numbers.format(counted);
		return part.kind === 'number' ? numbers.format(Number(value)) : String(value);
	}

	function chosen({ kind, cases }: Choice, value: string | number, values: Values, counted: number): string {
		if (kind === 'select') return said(cases[value] ?? cases.other ?? [], values, counted);
		const count = Number(value);
		return said(cases[`=${count}`] ?? cases[rules.select(count)] ?? cases.other ?? [], values, count);
	}

	return (values = {}) => said(pieces, values, NaN);
}

const sign = /[{}#]/g;
const head = /\s*(\w+)\s*(?:,\s*(plural|select|number)\s*)?/y;
const caseHead = /[\s,]*(=?\w+)\s*\{/y;

/** Reads a message up to its end, or up to the brace that closes the case it stands in. */
function read(text: string): Piece[] {
	let at = 0;

	function pieces(inPlural: boolean): Piece[] {
		const found: Piece[] = [];
		for (;;) {
			sign.lastIndex = at;
			const next = sign.exec(text);
			const end = next?.index ?? text.length;
			if (end > at) found.push(text.slice(at, end));
			at = end + 1;
			if (!next || next[0] === '}') return found;
			if (next[0] === '{') found.push(place());
			else found.push(inPlural ? { name: '', kind: 'count' } : '#');
		}
	}

	function place(): Piece {
		const [, name = '', kind] = match(head);
		if (kind !== 'plural' && kind !== 'select') {
			at = text.indexOf('}', at) + 1;
			return { name, kind: kind === 'number' ? 'number' : 'text' };
		}
		const cases: Record<string, Piece[]> = {};
		for (let one = match(caseHead); one.length; one = match(caseHead)) {
			cases[one[1]!] = pieces(kind === 'plural');
		}
		at = text.indexOf('}', at) + 1;
		return { name, kind, cases };
	}

	function match(form: RegExp): string[] {
		form.lastIndex = at;
		const found = form.exec(text);
		if (found) at = form.lastIndex;
		return found ?? [];
	}

	return pieces(false);
}
