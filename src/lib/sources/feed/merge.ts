import type { Draft, DraftText, Scope } from './draft.ts';
import { FIELDS } from './field-names.ts';

/**
 * One draft from two readings. rss-parser leads on plain text; the tolerant reader leads where its text depended on
 * something rss-parser cannot see (a type, child elements, xml:base) and fills what came back empty. When the two
 * disagree on how many items there are, the document is odd and the tolerant reading stands alone.
 */
export function mergeReadings(tolerant: Draft, plain: Draft | undefined): Draft {
	if (!plain || plain.items.length !== tolerant.items.length) return tolerant;
	return {
		...mergeScopes(tolerant, plain),
		items: tolerant.items.map((item, index) => mergeScopes(item, plain.items[index]))
	};
}

function mergeScopes(tolerant: Scope, plain: Scope | undefined): Scope {
	const texts = new Map(tolerant.texts);
	for (const names of [FIELDS.id, FIELDS.title, FIELDS.link, FIELDS.content]) {
		const known = names.find((name) => texts.has(name));
		const offered = names.map((name) => plain?.texts.get(name)).find((text) => text !== undefined);
		if (!offered || (known && isCertain(texts.get(known)))) continue;
		// A link element with attributes has been read with them; its text would be something else.
		if (names === FIELDS.link && !known && tolerant.links.length > 0) continue;
		texts.set(known ?? names[0], offered);
	}
	return { ...tolerant, texts };
}

function isCertain(text: DraftText | undefined): boolean {
	return text !== undefined && (text.kind !== 'unknown' || text.base !== undefined);
}
