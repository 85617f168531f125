import { Parser } from 'htmlparser2';
import type { DraftText } from './draft.ts';

const BLOCKS = words(
	'address article aside blockquote br dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre'
);
const TABLES = words('section table tbody td th thead tr ul');
const INLINE = words('a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark');
const MORE_INLINE = words(
	'q s samp small span strike strong sub sup svg tt u var video audio source wbr ruby rt rp'
);
const PAGE = words('body button center form head html link meta nav noscript option select title');
/** What is inside these is no text for people. */
const DROPPED = words('embed iframe math object script style template textarea');
const SPACED = new Set([...BLOCKS, ...TABLES]);
const KNOWN = new Set([...SPACED, ...INLINE, ...MORE_INLINE, ...PAGE, ...DROPPED]);

function words(list: string): Set<string> {
	return new Set(list.split(' '));
}

/**
 * One line of plain text: tags gone, scripts gone with what they hold, entities decoded once more where the text is
 * markup. Only tags HTML knows are taken for tags, so that "List<String>" or "a < b" stay as they are.
 */
export function plainText(text: Pick<DraftText, 'value' | 'kind'>): string {
	return oneLine(withoutScripts(/[<&]/.test(text.value) ? withoutTags(text) : text.value));
}

function withoutTags({ value: wrapped, kind }: Pick<DraftText, 'value' | 'kind'>): string {
	// Wrapped once too often, a CDATA section would hide its tags as text.
	const value = wrapped.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
	const kept: string[] = [];
	let hidden = 0;
	const asWritten = () => hidden === 0 && kept.push(value.slice(parser.startIndex, parser.endIndex + 1));
	const parser = new Parser(
		{
			onopentag(name) {
				if (DROPPED.has(name)) hidden += 1;
				else if (!KNOWN.has(name)) asWritten();
				else if (SPACED.has(name)) kept.push(' ');
			},
			onclosetag(name, implied) {
				if (DROPPED.has(name)) hidden = Math.max(0, hidden - 1);
				else if (!KNOWN.has(name) && !implied) asWritten();
				else if (SPACED.has(name)) kept.push(' ');
			},
			ontext(part) {
				if (hidden === 0) kept.push(part);
			}
		},
		{ decodeEntities: kind !== 'text' }
	);
	parser.end(value);
	return kept.join('');
}

/** Escaped twice, a script comes out as text after one decoding: still nothing a title should carry. */
function withoutScripts(text: string): string {
	return text.replace(/<\s*(script|style)\b[\s\S]*?(<\s*\/\s*\1\s*>|$)/gi, '');
}

/** Spaces collapsed; control characters and direction overrides, which can disguise a text, removed. */
function oneLine(text: string): string {
	return text
		.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.normalize('NFC');
}
