import { Parser } from 'htmlparser2';

/** Written into every extract: a change here is a change of our cleaning, never of the source. */
export const EXTRACTOR = 'text/1';

const DROPPED = new Set(
	'embed head iframe math noscript object script style svg template textarea title'.split(' ')
);
const BLOCKS = new Set(
	(
		'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ' +
		'ol p pre section table tbody td th thead tr ul'
	).split(' ')
);

/**
 * HTML as paragraphs of plain text, one a line: no tags, no scripts, entities decoded, NFC. What a person reads in the
 * inbox, and what quotes are looked for in.
 */
export function readableText(html: string): string {
	if (!/[<&]/.test(html)) return paragraphs(html);
	const kept: string[] = [];
	let hidden = 0;
	const parser = new Parser(
		{
			onopentag(name) {
				if (DROPPED.has(name)) hidden += 1;
				else if (BLOCKS.has(name)) kept.push('\n');
			},
			onclosetag(name) {
				if (DROPPED.has(name)) hidden = Math.max(0, hidden - 1);
				else if (BLOCKS.has(name)) kept.push('\n');
			},
			ontext(part) {
				// Line ends inside markup mean no more than a space.
				if (hidden === 0) kept.push(part.replace(/\s+/g, ' '));
			}
		},
		{ decodeEntities: true, recognizeCDATA: true }
	);
	parser.end(html);
	return paragraphs(kept.join(''));
}

/** Spaces collapsed, empty lines and characters that disguise a text removed, safe to store. */
export function paragraphs(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g, '')
		.replace(/[^\S\n]+|(?!\n)\p{Cc}/gu, ' ')
		.replace(/ *(\n *)+/g, '\n')
		.trim()
		.normalize('NFC');
}

/** What is compared to tell an edit: white space does not count. */
export function comparable(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
