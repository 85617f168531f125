import { fileTypeFromBuffer } from 'file-type';

/** Told by their first bytes, whatever their name says. */
const bySignature = new Set([
	'application/pdf',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'image/jpeg',
	'image/png',
	'image/webp'
]);

/** Plain text has no signature: the name says which kind it is, the bytes only that it is text and no markup. */
const byName: Record<string, string> = {
	csv: 'text/csv',
	eml: 'message/rfc822',
	json: 'application/json',
	txt: 'text/plain'
};

/** Names inside a packed document that say what it is. */
const packed: readonly [entry: string, mediaType: string][] = [
	['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']
];

/** What may be shown inside a page: raster images. Everything else is handed out to be saved. */
export const shownInPage = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** The media type of a file of a kind we take, from its first bytes, or null. Markup that a browser runs is never taken. */
export async function mediaTypeOf(head: Uint8Array, name: string): Promise<string | null> {
	const found = await fileTypeFromBuffer(head).catch(() => undefined);
	if (found?.mime === 'application/zip') return packedType(head);
	if (found) return bySignature.has(found.mime) ? found.mime : null;
	const kind = byName[extension(name)];
	if (!kind || !isText(head)) return null;
	return kind !== 'message/rfc822' && looksLikeMarkup(head) ? null : kind;
}

/** A name people can read: no path, no control or direction marks, not endless. */
export function displayName(name: string): string {
	const bare = name
		.replace(/^.*[\\/]/su, '')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
	const signs = [...bare];
	if (signs.length <= 120) return bare || 'file';
	const end = extension(bare);
	const tail = end && end.length <= 8 ? `.${end}` : '';
	return `${signs.slice(0, 119 - tail.length).join('')}…${tail}`;
}

function extension(name: string): string {
	return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function packedType(head: Uint8Array): string | null {
	const text = Buffer.from(head).toString('latin1');
	if (!text.includes('[Content_Types].xml')) return null;
	return packed.find(([entry]) => text.includes(entry))?.[1] ?? null;
}

function isText(head: Uint8Array): boolean {
	return head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 12 || byte === 13);
}

/** The ways in which a browser that ignored the media type might take it for a page or a drawing. */
function looksLikeMarkup(head: Uint8Array): boolean {
	const text = Buffer.from(head).toString('latin1').toLowerCase();
	return (
		/^(\u00ef\u00bb\u00bf)?\s*</.test(text) ||
		/<(!doctype|html|head|body|script|svg|iframe|object|embed)\b/.test(text)
	);
}
