import { Agent, type Dispatcher } from 'undici';
import { ACCEPTED_ENCODINGS, inflateBody, readBody } from './body.server.ts';
import { connector, type Resolve } from './connect.server.ts';
import { allowList, destination } from './destination.ts';
import { outboundFailure, type Stage } from './failure.ts';
import { OutboundError } from './outbound-error.ts';

const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;
const DEFAULT_DEADLINE_MS = 12_000;
const MAX_HEADER_BYTES = 32 * 1024;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Never repeated towards a host that the caller did not name. */
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

export type GetOptions = {
	headers?: Record<string, string>;
	/** The most we take, as sent and again once inflated. Default 8 MiB. */
	maxBytes?: number;
	/** For everything: looking up, connecting, redirects, body, inflating. Default 12 s. */
	deadlineMs?: number;
};

/** An answer of any status, 304 and 500 included. `bytes` are inflated; header names are lower-case. */
export type Fetched = {
	/** Where the answer came from, after redirects. */
	url: string;
	status: number;
	headers: Record<string, string>;
	bytes: Uint8Array;
	/** The addresses that sent us on, first asked first; empty without a redirect. */
	redirects: string[];
};

export type Outbound = {
	/** @throws OutboundError for anything but an answer */
	get(url: string, options?: GetOptions): Promise<Fetched>;
	/** Ends every connection at once, also those in use. */
	close(): Promise<void>;
};

export type OutboundOptions = {
	/** Exact `host:port` that may be reached although private or on another port. */
	allow: readonly string[];
	userAgent: string;
	/** How names are resolved; the system's way unless given. */
	resolve?: Resolve;
};

type Hop = { url: URL; headers: Record<string, string>; maxBytes: number; signal: AbortSignal };

/** The only way this server speaks to other hosts. Each hop is judged anew: address, look-up and connected peer. */
export function createOutbound({ allow, userAgent, resolve }: OutboundOptions): Outbound {
	const allowed = allowList(allow);
	const agent = new Agent({
		connect: connector(allowed, resolve),
		allowH2: false,
		pipelining: 1,
		maxHeaderSize: MAX_HEADER_BYTES
	});

	async function follow(address: string, options: GetOptions, signal: AbortSignal): Promise<Fetched> {
		const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
		let headers = requestHeaders(options.headers, userAgent);
		let url = destination(address, allowed);
		const redirects: string[] = [];
		for (;;) {
			const answer = await exchange(agent, { url, headers, maxBytes, signal });
			if (!('target' in answer)) return { ...answer, url: url.href, redirects };
			redirects.push(url.href);
			const next = nextHop(url, answer.target, redirects, allowed);
			if (next.origin !== url.origin) headers = withoutSecrets(headers);
			url = next;
		}
	}

	return {
		async get(address, options = {}) {
			const deadline = new AbortController();
			const timer = setTimeout(() => deadline.abort(), options.deadlineMs ?? DEFAULT_DEADLINE_MS);
			try {
				return await follow(address, options, deadline.signal);
			} catch (error) {
				if (!deadline.signal.aborted) throw error;
				throw new OutboundError('timeout', URL.parse(address)?.host ?? '', { cause: error });
			} finally {
				clearTimeout(timer);
			}
		},
		close: () => agent.destroy()
	};
}

type Answer = Pick<Fetched, 'status' | 'headers' | 'bytes'>;

/** One request and its answer, or where a redirect points (its body is not read). */
async function exchange(agent: Agent, hop: Hop): Promise<Answer | { target: string | undefined }> {
	const { url, maxBytes, signal } = hop;
	let stage: Stage = 'answer';
	try {
		const response = await agent.request({
			origin: url.origin,
			path: url.pathname + url.search,
			method: 'GET',
			headers: hop.headers,
			signal
		});
		stage = 'body';
		const headers = flatHeaders(response.headers);
		if (REDIRECTS.has(response.statusCode)) {
			discard(response.body);
			return { target: headers.location };
		}
		if (Number(headers['content-length']) > maxBytes) {
			discard(response.body);
			throw new OutboundError('too_large', url.host);
		}
		const packed = await readBody(response.body, maxBytes, url.host);
		const bytes = await inflateBody(packed, headers['content-encoding'], maxBytes, url.host);
		signal.throwIfAborted();
		return { status: response.statusCode, headers, bytes };
	} catch (error) {
		throw outboundFailure(error, stage, url.host);
	}
}

function nextHop(from: URL, target: string | undefined, seen: string[], allowed: ReadonlySet<string>): URL {
	const url = target ? URL.parse(target, from) : null;
	if (!url) throw new OutboundError('bad_redirect', from.host);
	const checked = destination(url.href, allowed);
	if (seen.includes(checked.href)) throw new OutboundError('redirect_loop', from.host);
	if (seen.length > MAX_REDIRECTS) throw new OutboundError('too_many_redirects', from.host);
	return checked;
}

/** Closes the connection instead of reading on; what the stream says about that is of no interest. */
function discard(body: Dispatcher.ResponseData['body']): void {
	body.on('error', () => {});
	body.destroy();
}

function requestHeaders(given: Record<string, string> = {}, userAgent: string): Record<string, string> {
	const lower = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]);
	return {
		accept: '*/*',
		...Object.fromEntries(lower),
		'user-agent': userAgent,
		'accept-encoding': ACCEPTED_ENCODINGS
	};
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADERS.includes(name)));
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
	const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
	return Object.fromEntries(
		entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])
	);
}
