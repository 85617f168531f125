import Parser from 'rss-parser';
import { emptyScope, keepText, type Draft, type Scope } from './draft.ts';
import { MAX_ITEMS } from './feed.ts';

/** It builds the whole document as objects in one go: beyond this it would hold up everyone else. */
const MAX_CHARS = 1024 * 1024;

/**
 * rss-parser's reading of a well-formed RSS or Atom text, or undefined where it finds none. Its dates are left aside
 * (it reads them in the zone of the machine and fails on some), and so is all that hangs on attributes, which it drops.
 */
export async function readWithRssParser(text: string): Promise<Draft | undefined> {
	if (text.length > MAX_CHARS) return undefined;
	let output: Parser.Output<Record<string, unknown>>;
	try {
		output = await new Parser().parseString(text);
	} catch {
		// Malformed XML, a dialect it does not know, an unreadable date: the tolerant reader stands alone then.
		return undefined;
	}
	const feed = scope({ title: output.title, link: output.link });
	const items = output.items.slice(0, MAX_ITEMS).map((item) =>
		scope({
			guid: item.guid ?? item.id,
			title: item.title,
			link: item.link,
			description: item['content:encoded'] ?? item.content ?? item.summary
		})
	);
	return { ...feed, items };
}

/** Only plain strings: where markup or attributes were, it gives objects or fragments. */
function scope(values: Record<string, unknown>): Scope {
	const found = emptyScope();
	for (const [name, value] of Object.entries(values)) {
		if (typeof value === 'string') keepText(found, name, { value, kind: 'unknown', base: undefined });
	}
	return found;
}
