import { localName } from './element-names.ts';
import type { DraftText } from './draft.ts';

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/**
 * Collects the text of one element. Its first child element turns it into markup: from then on elements and escapes
 * are written out again.
 */
export class Capture {
	private plain = '';
	private markup: string | undefined;

	open(name: string, attributes: Record<string, string>): void {
		this.markup ??= escaped(this.plain);
		const written = Object.entries(attributes)
			.filter(([key]) => !key.startsWith('xmlns'))
			.map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`);
		this.markup += `<${localName(name)}${written.join('')}>`;
	}

	close(name: string): void {
		if (this.markup !== undefined && !VOID.has(localName(name))) this.markup += `</${localName(name)}>`;
	}

	text(part: string): void {
		if (this.markup === undefined) this.plain += part;
		else this.markup += escaped(part);
	}

	/** @param type, mode the attributes of an Atom text construct (RFC 4287 3.1; Atom 0.3 had mime types and `mode`) */
	finish(type: string, mode: string, base: string | undefined): DraftText {
		if (this.markup !== undefined) return { value: unwrapped(this.markup), kind: 'html', base };
		if (mode === 'base64') return { value: fromBase64(this.plain), kind: 'html', base };
		return { value: this.plain, kind: kindOf(type), base };
	}
}

function kindOf(type: string): DraftText['kind'] {
	if (/x?html/.test(type)) return 'html';
	return /^text(\/plain)?$/.test(type) ? 'text' : 'unknown';
}

export function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** XHTML constructs sit in one div that is not part of the text (RFC 4287 3.1.1.3). */
function unwrapped(markup: string): string {
	const trimmed = markup.trim();
	const inner = /^<div(?: [^>]*)?>([\s\S]*)<\/div>$/.exec(trimmed)?.[1];
	return inner === undefined || /<\/div>[\s\S]*<div/.test(inner) ? trimmed : inner.trim();
}

function fromBase64(text: string): string {
	try {
		return new TextDecoder().decode(Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0)));
	} catch {
		return text;
	}
}
