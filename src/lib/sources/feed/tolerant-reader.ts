import { Parser } from 'htmlparser2';
import { Capture } from './capture.ts';
import { emptyScope, keepText, type Draft, type Scope } from './draft.ts';
import { canonicalName, declared, localName, NO_NAMESPACES, type Namespaces } from './element-names.ts';
import { FeedError } from './feed-error.ts';
import { CAPTURED, ONE_LINERS } from './field-names.ts';
import { webLink } from './feed-link.ts';
import { MAX_ITEMS } from './feed.ts';

/** Honest markup stays far below; a document beyond is meant to exhaust someone. */
const MAX_DEPTH = 200;
/** Between two pieces the process may serve others. */
const PIECE_CHARS = 128 * 1024;

type Attributes = Record<string, string>;
type Frame = {
	name: string;
	written: string;
	namespaces: Namespaces;
	base: string | undefined;
	scope?: Scope;
};
type Capturing = { frame: Frame; scope: Scope; capture: Capture; type: string; mode: string };

/** What a document turned out to be. `closed`: its root element ended where it should. */
export type Reading = { draft: Draft; root: 'rss' | 'atom' | undefined; closed: boolean };

/**
 * Reads any RSS or Atom, well-formed or not, in one pass. Undeclared entities and DOCTYPE definitions are left as
 * text, never expanded. An item that the end of the document cuts off is dropped: half of it would look like a change.
 * @throws FeedError `too_deep`
 */
export async function readTolerantly(text: string, documentUrl: string | undefined): Promise<Reading> {
	const reader = new FeedReader(documentUrl);
	const parser = new Parser(reader, { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
	for (let at = 0; at < text.length && !reader.finished; at += PIECE_CHARS) {
		if (at > 0) await new Promise((resume) => setTimeout(resume));
		parser.write(text.slice(at, at + PIECE_CHARS));
	}
	reader.finished = true;
	parser.end();
	return reader.reading();
}

class FeedReader {
	/** No more events count: the document is over, or enough has been read. */
	finished = false;
	private readonly documentUrl: string | undefined;
	private readonly draft: Draft = { ...emptyScope(), items: [] };
	private readonly frames: Frame[] = [];
	private root: Reading['root'];
	private closed = false;
	private capturing: Capturing | undefined;

	constructor(documentUrl: string | undefined) {
		this.documentUrl = documentUrl;
	}

	reading(): Reading {
		return { draft: this.draft, root: this.root, closed: this.closed };
	}

	onopentag(written: string, attributes: Attributes): void {
		if (this.finished) return;
		if (!this.root && !this.recogniseRoot(written)) return;
		if (this.frames.length >= MAX_DEPTH) throw new FeedError('too_deep');
		const frame = this.frameFor(written, attributes);
		if (this.capturing) {
			if (!this.interrupts(frame.name)) {
				this.frames.push(frame);
				return this.capturing.capture.open(written, attributes);
			}
			this.endCapture();
		}
		this.enter(frame, attributes);
	}

	onclosetag(written: string): void {
		if (this.finished) return;
		const at = this.frames.findLastIndex((frame) => frame.written === written);
		if (at >= 0) this.leave(at);
	}

	ontext(part: string): void {
		if (!this.finished) this.capturing?.capture.text(part);
	}

	private recogniseRoot(written: string): boolean {
		const name = localName(written);
		if (name === 'html') this.finished = true;
		if (name === 'rss' || name === 'rdf' || name === 'channel') this.root = 'rss';
		if (name === 'feed') this.root = 'atom';
		return this.root !== undefined;
	}

	private frameFor(written: string, attributes: Attributes): Frame {
		const parent = this.frames.at(-1);
		const namespaces = parent
			? declared(parent.namespaces, attributes)
			: declared(NO_NAMESPACES, this.rootAttributes(attributes));
		const name = canonicalName(written, namespaces);
		const own = attributes['xml:base'];
		const base =
			own === undefined ? parent?.base : (webLink(own, parent?.base ?? this.documentUrl) ?? parent?.base);
		return { name: this.root === 'atom' ? name.replace(/^atom:/, '') : name, written, namespaces, base };
	}

	/** RSS elements have no namespace: one declared for the whole document, often Atom's, is a slip. */
	private rootAttributes(attributes: Attributes): Attributes {
		const isPlainRss = this.root === 'rss' && !attributes.xmlns?.startsWith('http://purl.org/');
		return isPlainRss ? { ...attributes, xmlns: '' } : attributes;
	}

	/** A line of text that someone forgot to close ends where the next part of the item begins. */
	private interrupts(name: string): boolean {
		const open = this.capturing?.frame.name ?? '';
		return ONE_LINERS.has(open) && (CAPTURED.has(name) || isItem(name));
	}

	private enter(frame: Frame, attributes: Attributes): void {
		if (isItem(frame.name)) return this.startItem(frame, attributes);
		const scope = this.scopeOf(this.frames.at(-1));
		this.frames.push(frame);
		if (!scope) return;
		this.noteLinks(frame, scope, attributes);
		if (!CAPTURED.has(frame.name) || isOtherLink(frame.name, attributes.rel)) return;
		const mode = attributes.mode?.toLowerCase() ?? (isBase64(frame.name, attributes.type) ? 'base64' : '');
		const type = attributes.type?.toLowerCase() ?? '';
		this.capturing = { frame, scope, capture: new Capture(), type, mode };
	}

	private startItem(frame: Frame, attributes: Attributes): void {
		const unfinished = this.frames.findIndex((open) => isItem(open.name));
		if (unfinished >= 0) this.leave(unfinished);
		if (this.finished) return;
		const item = emptyScope();
		const about = attributes['rdf:about'];
		if (about) keepText(item, 'rdf:about', { value: about, kind: 'text', base: frame.base });
		this.frames.push({ ...frame, scope: item });
	}

	private scopeOf(parent: Frame | undefined): Scope | undefined {
		if (parent?.scope) return parent.scope;
		const isFeed = parent && /^(rss|channel|feed|rdf:rdf|atom:feed)$/.test(parent.name);
		return isFeed ? this.draft : undefined;
	}

	private noteLinks(frame: Frame, scope: Scope, attributes: Attributes): void {
		const { href, src, rel = 'alternate', type = '' } = attributes;
		const { base } = frame;
		if (/^(atom:)?link$/.test(frame.name) && href)
			scope.links.push({ href, rel: rel.toLowerCase(), type, base });
		if (/^(atom:)?content$/.test(frame.name) && src)
			scope.links.push({ href: src, rel: 'content', type, base });
		if (frame.name === 'guid') scope.guidIsLink = attributes.ispermalink?.toLowerCase() !== 'false';
	}

	private leave(at: number): void {
		const { capturing } = this;
		const frame = this.frames[at];
		if (capturing) {
			const captureAt = this.frames.indexOf(capturing.frame);
			if (at > captureAt) capturing.capture.close(frame?.written ?? '');
			else this.endCapture();
		}
		this.frames.length = Math.min(at, this.frames.length);
		if (frame?.scope) this.finishItem(frame.scope);
		if (at === 0) this.closed = true;
	}

	/** Also forgets the element, so that its late or implied end means nothing. */
	private endCapture(): void {
		if (!this.capturing) return;
		const { frame, scope, capture, type, mode } = this.capturing;
		this.capturing = undefined;
		this.frames.length = this.frames.indexOf(frame);
		keepText(scope, frame.name, capture.finish(type, mode, frame.base));
	}

	private finishItem(item: Scope): void {
		this.draft.items.push(item);
		if (this.draft.items.length >= MAX_ITEMS) this.finished = this.closed = true;
	}
}

function isItem(name: string): boolean {
	return name === 'item' || name === 'entry' || name === 'atom:entry';
}

/** Some write an address as the text of a link; only that of the page itself is wanted. */
function isOtherLink(name: string, rel: string | undefined): boolean {
	return name.endsWith('link') && rel !== undefined && !/alternate$/i.test(rel);
}

/** Atom text of a type that is neither text nor XML travels in base64 (RFC 4287 4.1.3.3). */
function isBase64(name: string, type = ''): boolean {
	return !name.endsWith('link') && /^(application|image|audio|video)\/(?!.*xml$)/i.test(type);
}
