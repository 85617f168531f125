import { detect } from 'jschardet';

const DETECTION_BYTES = 32 * 1024;
const DECLARATION_BYTES = 1024;
/** One cut character in a long text is no reason to give up the charset it was declared in. */
const TOLERATED_DAMAGE = 0.05;

/** Every label of the GB family is read as its superset: pages labelled gb2312 use characters only gb18030 has. */
const GB_FAMILY = /^(x-)?(gb_?2312(-80)?|gbk|gb18030|cp936|ms936|windows-936|csgb2312|euc-cn)$/;
const SINGLE_BYTE = /^(iso-8859|windows-12|windows-874|us-ascii|ascii|latin|l\d|koi8|macintosh|cp125|ibm866)/;

/**
 * The text of a feed's bytes in NFC. A byte order mark decides; else the HTTP header, the XML declaration, valid
 * UTF-8 and detection are believed in this order, each only as far as the bytes bear it out.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | undefined): string {
	const text = decodeMarked(bytes) ?? decodeDeclared(bytes, contentType);
	return withoutControls(text).normalize('NFC');
}

function decodeMarked(bytes: Uint8Array): string | undefined {
	const [a, b, c, d] = bytes;
	if (a === 0xef && b === 0xbb && c === 0xbf) return lossy('utf-8', bytes);
	if (a === 0xfe && b === 0xff) return lossy('utf-16be', bytes);
	if (a === 0xff && b === 0xfe) return lossy('utf-16le', bytes);
	// No mark, but "<?" or "<r" in two-byte units can be nothing else.
	if (a === 0x3c && b === 0 && c !== 0 && d === 0) return lossy('utf-16le', bytes);
	if (a === 0 && b === 0x3c && c === 0 && d !== 0) return lossy('utf-16be', bytes);
	return undefined;
}

function decodeDeclared(bytes: Uint8Array, contentType: string | undefined): string {
	const labels = [headerCharset(contentType), declaredCharset(bytes)].flatMap((label) => knownLabel(label));
	const utf8 = strict('utf-8', bytes);
	if (utf8 !== undefined && isBetterAsUtf8(utf8, labels[0])) return utf8;
	for (const label of labels) {
		const text = strict(label, bytes);
		if (text !== undefined) return text;
	}
	return utf8 ?? decodeDamaged(bytes, labels);
}

/** Bytes that are valid UTF-8 with real characters in it are hardly ever anything else, whatever a header claims. */
function isBetterAsUtf8(utf8: string, label: string | undefined): boolean {
	if (label === undefined || label === 'utf-8') return true;
	return SINGLE_BYTE.test(label) ? /[^\0-\x7f]/.test(utf8) : /[\u0800-\uffff]/.test(utf8);
}

function decodeDamaged(bytes: Uint8Array, labels: string[]): string {
	for (const label of [...labels, 'utf-8']) {
		const text = lossy(label, bytes);
		if (damage(text) <= TOLERATED_DAMAGE) return text;
	}
	const start = Math.max(0, bytes.findIndex((byte) => byte > 0x7f) - 256);
	const guess = detect(bytes.subarray(start, start + DETECTION_BYTES)).encoding;
	return lossy(knownLabel(guess ?? undefined)[0] ?? 'windows-1252', bytes);
}

/** Share of unreadable characters among those that are not ASCII. */
function damage(text: string): number {
	const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
	return foreign === 0 ? 0 : (text.match(/\ufffd/g)?.length ?? 0) / foreign;
}

function headerCharset(contentType: string | undefined): string | undefined {
	return /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1];
}

function declaredCharset(bytes: Uint8Array): string | undefined {
	const head = lossy('windows-1252', bytes.subarray(0, DECLARATION_BYTES));
	return /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1];
}

/**
 * The label as TextDecoder knows it, or none. ASCII says nothing: servers send it for want of a better. Two-byte
 * units have been recognised by their bytes before any label is read.
 */
function knownLabel(label: string | undefined): string[] {
	const lower = label?.toLowerCase() ?? '';
	if (GB_FAMILY.test(lower)) return ['gb18030'];
	if (lower === '' || /^(us-)?ascii$/.test(lower)) return [];
	try {
		const { encoding } = new TextDecoder(lower);
		return encoding.startsWith('utf-16') ? [] : [encoding];
	} catch {
		return [];
	}
}

function strict(label: string, bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

function lossy(label: string, bytes: Uint8Array): string {
	return new TextDecoder(label).decode(bytes);
}

/** Control characters are not allowed in XML and would stop a strict parser. */
function withoutControls(text: string): string {
	// eslint-disable-next-line no-control-regex
	return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '');
}
