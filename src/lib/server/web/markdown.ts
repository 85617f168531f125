import { Marked } from 'marked';
import type { IOptions } from 'sanitize-html';

// One after the other: sanitize-html requires htmlparser2 from CommonJS, and Node ends the process when an import of that is
// still under way elsewhere, as it is when two pages load for the first time at once.
await import('htmlparser2');
const { default: sanitizeHtml } = await import('sanitize-html');

/** Raw HTML is shown as the text it is, never as markup; images would let a note call home. */
const marked = new Marked({
	gfm: true,
	breaks: true,
	renderer: {
		html: ({ text }) => escaped(text),
		image: ({ text, title }) => escaped(text || title || '')
	}
});

const inline = ['a', 'br', 'code', 'del', 'em', 'strong'];
const block = ['blockquote', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'ul'];
const table = ['table', 'tbody', 'td', 'th', 'thead', 'tr'];

/** The headings of a note stand below those of the page that shows it. */
const lower = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' };

const rules: IOptions = {
	allowedTags: [...inline, ...block, ...table],
	allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
	allowedSchemes: ['http', 'https', 'mailto'],
	allowedSchemesAppliedToAttributes: ['href'],
	allowProtocolRelative: false,
	transformTags: {
		...lower,
		a: (_tag, { href }) => {
			const attribs: Record<string, string> = { rel: 'noopener noreferrer' };
			if (href && /^(https?:\/\/|mailto:)/i.test(href)) attribs.href = href;
			return { tagName: 'a', attribs };
		}
	}
};

/**
 * A note as safe HTML: Markdown with tables and line breaks, links to http, https and mail only, no raw HTML, no
 * images, no attribute that is not listed here. The content security policy is the second wall, not this one's excuse.
 */
export function markdown(text: string): string {
	return sanitizeHtml(marked.parse(text, { async: false }), rules);
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
