import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFeedServer, type FeedServer, type Route } from '../../../../tests/support/feed-server.ts';
import { createOutbound, type GetOptions, type Outbound } from './outbound.server.ts';

const MB = 1024 * 1024;
const FEED = '<rss version="2.0"><channel><title>Trade Desk</title></channel></rss>';
let server: FeedServer;
let outbound: Outbound;

beforeAll(async () => {
	server = await startFeedServer();
	outbound = createOutbound({ allow: [server.host], userAgent: 'Ruleline test' });
});
afterAll(async () => {
	await outbound.close();
	await server.close();
});

let count = 0;
/** Serves one route at a path of its own and asks for it. */
function ask(route: Route, options: GetOptions = {}) {
	const path = `/r${(count += 1)}`;
	server.set(path, route);
	return outbound.get(server.url(path), { deadlineMs: 5_000, ...options });
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('an answer', () => {
	test('comes with its status, headers and bytes', async () => {
		const fetched = await ask({ body: FEED, headers: { 'Content-Type': 'text/xml', ETag: '"1"' } });
		expect(fetched).toMatchObject({ status: 200, redirects: [] });
		expect(fetched.headers).toMatchObject({ 'content-type': 'text/xml', etag: '"1"' });
		expect(text(fetched.bytes)).toBe(FEED);
	});

	test.each([304, 404, 410, 429, 500, 503])('of status %i is returned, not thrown', async (status) => {
		expect((await ask({ status })).status).toBe(status);
	});

	test('was asked for with our name, the encodings we can undo and the headers given', async () => {
		await ask({ body: FEED }, { headers: { 'If-None-Match': '"1"', Accept: 'application/rss+xml' } });
		expect(server.seen.at(-1)?.headers).toMatchObject({
			'user-agent': 'Ruleline test',
			'accept-encoding': 'gzip, deflate, br',
			'if-none-match': '"1"',
			accept: 'application/rss+xml'
		});
	});
});

describe('inflating', () => {
	test.each([
		['gzip', zlib.gzipSync(FEED)],
		['x-gzip', zlib.gzipSync(FEED)],
		['deflate', zlib.deflateSync(FEED)],
		['deflate', zlib.deflateRawSync(FEED)],
		['br', zlib.brotliCompressSync(FEED)],
		['identity', Buffer.from(FEED)],
		['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(FEED))]
	])('%s is undone', async (encoding, body) => {
		expect(text((await ask({ body, headers: { 'content-encoding': encoding } })).bytes)).toBe(FEED);
	});

	test.each([
		['gzip', zlib.gzipSync(Buffer.alloc(64 * MB))],
		['br', zlib.brotliCompressSync(Buffer.alloc(64 * MB))],
		['deflate', zlib.deflateSync(Buffer.alloc(64 * MB))],
		['gzip, gzip', zlib.gzipSync(zlib.gzipSync(Buffer.alloc(64 * MB)))]
	])('a bomb in %s stops at the limit', async (encoding, body) => {
		expect(body.byteLength).toBeLessThan(MB);
		await expect(ask({ body, headers: { 'content-encoding': encoding } })).rejects.toMatchObject({
			code: 'too_large'
		});
	});

	test('what is cut or no gzip at all is a broken body', async () => {
		const headers = { 'content-encoding': 'gzip' };
		await expect(ask({ body: zlib.gzipSync(FEED).subarray(0, 30), headers })).rejects.toMatchObject({
			code: 'broken_body'
		});
		await expect(ask({ body: FEED, headers })).rejects.toMatchObject({ code: 'broken_body' });
	});

	test('an encoding nobody asked for is unreadable', async () => {
		const unreadable = { code: 'unreadable' };
		await expect(ask({ body: FEED, headers: { 'content-encoding': 'zstd' } })).rejects.toMatchObject(
			unreadable
		);
		await expect(ask({ body: FEED, headers: { 'content-encoding': 'constructor' } })).rejects.toMatchObject(
			unreadable
		);
		await expect(
			ask({ body: FEED, headers: { 'content-encoding': 'gzip,gzip,gzip' } })
		).rejects.toMatchObject(unreadable);
	});
});

describe('limits', () => {
	test('50 MB are refused, announced or not', async () => {
		const announced = { fillBytes: 50 * MB, headers: { 'content-length': 50 * MB } };
		await expect(ask(announced)).rejects.toMatchObject({ code: 'too_large' });
		await expect(ask({ fillBytes: 50 * MB })).rejects.toMatchObject({ code: 'too_large' });
	});

	test('an endless body ends at the limit', async () => {
		await expect(ask({ endless: true })).rejects.toMatchObject({ code: 'too_large' });
	});

	test('the limit is exact', async () => {
		expect((await ask({ body: 'x'.repeat(100) }, { maxBytes: 100 })).bytes).toHaveLength(100);
		await expect(ask({ body: 'x'.repeat(101) }, { maxBytes: 100 })).rejects.toMatchObject({
			code: 'too_large'
		});
	});

	test('a slow start and a slow body both meet the deadline', async () => {
		const started = Date.now();
		await expect(ask({ delayMs: 4_000, body: FEED }, { deadlineMs: 150 })).rejects.toMatchObject({
			code: 'timeout'
		});
		await expect(ask({ trickleMs: 20 }, { deadlineMs: 150 })).rejects.toMatchObject({ code: 'timeout' });
		expect(Date.now() - started).toBeLessThan(2_000);
	});

	test('the deadline covers all redirects together', async () => {
		for (const step of [0, 1, 2, 3]) {
			server.set(`/late${step}`, { redirect: `/late${step + 1}`, delayMs: 100 });
		}
		server.set('/late4', { body: FEED });
		await expect(outbound.get(server.url('/late0'), { deadlineMs: 250 })).rejects.toMatchObject({
			code: 'timeout'
		});
	});

	test('a body shorter than promised is broken', async () => {
		const cut = { body: FEED, cut: true, headers: { 'content-length': 5_000 } };
		await expect(ask(cut)).rejects.toMatchObject({ code: 'broken_body' });
	});

	test('giant headers are too large', async () => {
		await expect(ask({ headers: { 'x-fill': 'x'.repeat(64 * 1024) } })).rejects.toMatchObject({
			code: 'too_large'
		});
	});
});

describe('redirects', () => {
	test.each([301, 302, 303, 307, 308])('%i is followed and remembered', async (status) => {
		server.set('/target', { body: FEED });
		const fetched = await ask({ status, redirect: '/target#top' });
		expect(fetched.url).toBe(server.url('/target'));
		expect(fetched.redirects).toEqual([server.url(`/r${count}`)]);
		expect(text(fetched.bytes)).toBe(FEED);
	});

	test('five are followed, six are not', async () => {
		for (const step of [1, 2, 3, 4, 5, 6]) server.set(`/hop${step}`, { redirect: `/hop${step + 1}` });
		server.set('/hop7', { body: FEED });
		expect((await outbound.get(server.url('/hop2'))).redirects).toHaveLength(5);
		await expect(outbound.get(server.url('/hop1'))).rejects.toMatchObject({ code: 'too_many_redirects' });
	});

	test('a circle is noticed', async () => {
		server.set('/a', { redirect: '/b' });
		server.set('/b', { redirect: '/a#again' });
		await expect(outbound.get(server.url('/a'))).rejects.toMatchObject({ code: 'redirect_loop' });
	});

	test.each([
		['http://127.0.0.1/', 'private_address'],
		['http://0x7f000001/', 'private_address'],
		['//169.254.169.254/latest/meta-data', 'private_address'],
		['http://[::ffff:127.0.0.1]/', 'private_address'],
		['http://127.0.0.1:1/', 'port'],
		['ftp://example.com/', 'scheme'],
		['file:///etc/passwd', 'scheme'],
		['http://user:word@example.com/', 'credentials'],
		['http://', 'bad_redirect']
	])('to %s ends as %s', async (target, code) => {
		await expect(ask({ redirect: target })).rejects.toMatchObject({ code });
	});

	test('without a target is a bad redirect', async () => {
		await expect(ask({ status: 302 })).rejects.toMatchObject({ code: 'bad_redirect' });
	});

	test('secrets do not travel to another host', async () => {
		const other = await startFeedServer({ '/x': { body: FEED } });
		const both = createOutbound({ allow: [server.host, other.host], userAgent: 'Ruleline test' });
		server.set('/away', { redirect: other.url('/x') });
		await both.get(server.url('/away'), { headers: { Authorization: 'Bearer s', 'If-None-Match': '"1"' } });
		expect(other.seen[0]?.headers.authorization).toBeUndefined();
		expect(other.seen[0]?.headers['if-none-match']).toBe('"1"');
		await both.close();
		await other.close();
	});
});

describe('hosts', () => {
	test('a name that resolves to a private address is refused, localhost too', async () => {
		const guarded = createOutbound({
			allow: [],
			userAgent: 'Ruleline test',
			resolve: (_name, _options, done) => done(null, [{ address: '10.0.0.7', family: 4 }])
		});
		await expect(guarded.get('http://intranet.example/')).rejects.toMatchObject({
			code: 'private_address',
			detail: 'intranet.example',
			messageKey: 'outbound.private_address'
		});
		await guarded.close();
		await expect(outbound.get('http://localhost/')).rejects.toMatchObject({ code: 'private_address' });
	});

	test('a name nobody knows is not found', async () => {
		const unknown = createOutbound({
			allow: [],
			userAgent: 'Ruleline test',
			resolve: (_name, _options, done) => done(Object.assign(new Error(), { code: 'ENOTFOUND' }), [])
		});
		await expect(unknown.get('http://nowhere.example/')).rejects.toMatchObject({ code: 'not_found' });
		await unknown.close();
	});

	test('a closed port refuses; what is no HTTP is unreadable; what is no TLS is tls', async () => {
		const raw = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.0\r\n'));
		});
		await new Promise<void>((ready) => raw.listen(0, '127.0.0.1', ready));
		const host = `127.0.0.1:${(raw.address() as AddressInfo).port}`;
		const free = createOutbound({ allow: [host], userAgent: 'Ruleline test' });
		await expect(free.get(`http://${host}/`)).rejects.toMatchObject({ code: 'unreadable' });
		await expect(free.get(`https://${host}/`)).rejects.toMatchObject({ code: 'tls' });
		await new Promise((closed) => raw.close(closed));
		await expect(free.get(`http://${host}/`)).rejects.toMatchObject({ code: 'refused' });
		await free.close();
	});

	test('an invalid address is named as such', async () => {
		await expect(outbound.get('no address')).rejects.toMatchObject({ code: 'bad_url' });
	});
});
