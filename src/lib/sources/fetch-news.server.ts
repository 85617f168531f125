import type { Fetched, Outbound } from '#lib/server/outbound/outbound.server.ts';
import { OutboundError } from '#lib/server/outbound/outbound-error.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import { FeedError } from './feed/feed-error.ts';
import { readFeed } from './read-feed.ts';
import type { Reading } from './matching.ts';
import { readingsOf, sha256 } from './readings.server.ts';
import type { SourceRow } from './watch.server.ts';
import { statusTrouble, type Trouble } from './trouble.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const ACCEPT =
	'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

/** What lets the next request be answered with "nothing new". */
export interface Validators {
	etag: string | null;
	lastModified: string | null;
}

/** What asking a source came to, before anything of it is recorded. */
export type News =
	| {
			outcome: 'read';
			status: number;
			validators: Validators;
			capture: { url: string; sha256: string; size: number; contentType: string | null };
			readings: Reading[];
	  }
	| { outcome: 'unchanged'; status: number; validators: Validators | null }
	| { outcome: 'failed'; status: number | null; error: Trouble; retryAfter?: string | undefined };

/** Asks politely, and stops at the first sign that nothing is new: 304, then the same bytes; only then reads. */
export async function fetchNews(
	deps: { outbound: Pick<Outbound, 'get'>; storage: Pick<Storage, 'write'> },
	source: SourceRow
): Promise<News> {
	try {
		const headers = { accept: ACCEPT, ...conditions(source) };
		return await read(
			deps.storage,
			source,
			await deps.outbound.get(source.url!, { headers, maxBytes: MAX_BYTES })
		);
	} catch (error) {
		if (error instanceof OutboundError) return failed(null, { key: error.messageKey, detail: error.detail });
		throw error;
	}
}

async function read(storage: Pick<Storage, 'write'>, source: SourceRow, answer: Fetched): Promise<News> {
	const { status, headers, bytes } = answer;
	if (status === 304) return { outcome: 'unchanged', status, validators: null };
	if (status < 200 || status > 299) return failed(status, statusTrouble(status), headers['retry-after']);
	const validators = { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
	const hash = sha256(bytes);
	if (hash === source.lastHash) return { outcome: 'unchanged', status, validators };
	const contentType = headers['content-type'] ?? null;
	try {
		const feed = await readFeed(bytes, { url: answer.url, ...(contentType && { contentType }) });
		const readings = readingsOf(feed);
		// Kept only once it proved to be a feed: a host's ever changing error pages would fill the disk.
		await storage.write(once(bytes), { maxBytes: MAX_BYTES });
		const capture = { url: answer.url, sha256: hash, size: bytes.byteLength, contentType };
		return { outcome: 'read', status, validators, capture, readings };
	} catch (error) {
		if (error instanceof FeedError) return failed(status, { key: error.messageKey });
		throw error;
	}
}

/** Only what came with bytes we hold: after a failed first read there is nothing to be unchanged. */
function conditions({ etag, lastModified, lastHash }: SourceRow): Record<string, string> {
	if (!lastHash) return {};
	return {
		...(etag && { 'if-none-match': etag }),
		...(lastModified && { 'if-modified-since': lastModified })
	};
}

function failed(status: number | null, error: Trouble, retryAfter?: string): News {
	return { outcome: 'failed', status, error, retryAfter };
}

export async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
	yield bytes;
}
