import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers. Without `body`, nothing is sent after the headers. */
export type Route = {
	status?: number;
	headers?: Record<string, string | number | string[]>;
	body?: string | Uint8Array;
	/** Answers 302 (or `status`) with this Location. */
	redirect?: string;
	/** Waits this long before the headers. */
	delayMs?: number;
	/** Sends one byte, then this long nothing, and so on: never finishes by itself. */
	trickleMs?: number;
	/** Sends for ever, as fast as it is taken. */
	endless?: boolean;
	/** Sends this many bytes of filler after the body. */
	fillBytes?: number;
	/** Cuts the connection after the body, whatever Content-Length promised. */
	cut?: boolean;
};

export type Answering = Route | ((request: IncomingMessage) => Route);
export type Seen = { path: string; headers: IncomingMessage['headers'] };

export type FeedServer = {
	/** `127.0.0.1:port`, as the outbound allow list wants it. */
	host: string;
	url(path?: string): string;
	/** Adds or replaces a route while running. */
	set(path: string, route: Answering): void;
	/** Requests so far, oldest first. */
	seen: Seen[];
	close(): Promise<void>;
};

const FILLER = Buffer.alloc(64 * 1024, '<item>filler</item> ');

/** A small web server on loopback that behaves as well or as badly as a test asks. Unknown paths answer 404. */
export async function startFeedServer(routes: Record<string, Answering> = {}): Promise<FeedServer> {
	const table = new Map(Object.entries(routes));
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? '/';
		seen.push({ path, headers: request.headers });
		const found = table.get(path) ?? table.get(path.split('?')[0] ?? path);
		const route = typeof found === 'function' ? found(request) : found;
		setTimeout(() => answer(route ?? { status: 404, body: 'not found' }, response), route?.delayMs ?? 0);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		host,
		url: (path = '/') => `http://${host}${path}`,
		set: (path, route) => void table.set(path, route),
		seen,
		close: () =>
			new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			})
	};
}

function answer(route: Route, response: ServerResponse): void {
	response.strictContentLength = false;
	const redirect = route.redirect === undefined ? {} : { location: route.redirect };
	response.writeHead(route.status ?? (route.redirect === undefined ? 200 : 302), {
		...redirect,
		...route.headers
	});
	if (route.body !== undefined) response.write(route.body);
	if (route.cut) return void setTimeout(() => response.destroy(), 20);
	if (route.trickleMs !== undefined) return trickle(response, route.trickleMs);
	fill(response, route.endless ? Infinity : (route.fillBytes ?? 0));
}

function trickle(response: ServerResponse, everyMs: number): void {
	const timer = setInterval(() => response.write(' '), everyMs);
	response.on('close', () => clearInterval(timer));
}

function fill(response: ServerResponse, left: number): void {
	let open = true;
	response.on('close', () => (open = false));
	const more = () => {
		while (open && left > 0) {
			const size = Math.min(left, FILLER.length);
			left -= size;
			if (!response.write(FILLER.subarray(0, size))) return void response.once('drain', more);
		}
		if (open) response.end();
	};
	more();
}
