import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createOutbound } from '#lib/server/outbound/outbound.server.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { startFeedServer, type FeedServer } from '../../../tests/support/feed-server.ts';
import { readItem } from './inbox.server.ts';
import { captures, extracts, items, polls, sources } from './tables.ts';
import { dueSources, pollDue, pollIfDue, pollSource, type WatchDeps } from './watch.server.ts';

interface Entry {
	guid?: string;
	title?: string;
	link?: string;
	date?: string;
	body?: string;
}

const tag = (name: string, text: string | undefined) =>
	text === undefined ? '' : `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;

function rss(...entries: Entry[]): string {
	const written = entries.map(
		({ guid, title, link, date, body }) =>
			`<item>${tag('guid', guid)}${tag('title', title)}${tag('link', link)}${tag('pubDate', date)}${tag('description', body)}</item>`
	);
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>${written.join('')}</channel></rss>`;
}

const rice = { guid: 'f11', title: 'Rice edges up', link: 'https://desk.example/rice', body: 'Unrelated.' };
const port = {
	guid: 'f13',
	title: 'Da Nang added',
	link: 'https://desk.example/da-nang',
	date: 'Sat, 21 Nov 2026 08:00:00 +0700',
	body: '<p>The pilot will also apply to Da Nang from 1 December 2026.</p>'
};

describeWithDatabase('watching a source', (context) => {
	let host: FeedServer;
	let folder: string;
	let deps: WatchDeps;
	let now: Date;
	let source: number;

	beforeAll(async () => {
		host = await startFeedServer();
		folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
	});
	afterAll(async () => {
		await host.close();
		await rm(folder, { recursive: true });
	});
	beforeEach(async () => {
		now = new Date('2026-11-23T01:00:00Z');
		const outbound = createOutbound({ allow: [host.host], userAgent: 'test' });
		deps = { db: context.db, outbound, storage: createStorage(folder), now: () => now, jitter: () => 0.5 };
		source = await addSource(host.url('/feed'));
		host.seen.length = 0;
	});

	async function addSource(url: string): Promise<number> {
		const values = { name: 'Trade desk', kind: 'feed', tier: 3, url, enabled: true } as const;
		const [row] = await context.db.insert(sources).values(values).returning({ id: sources.id });
		return row!.id;
	}
	async function serve(body: string | Uint8Array, headers: Record<string, string> = {}) {
		host.set('/feed', { body, headers: { 'content-type': 'application/rss+xml', ...headers } });
		return pollSource(deps, source, null);
	}
	const all = () => context.db.select().from(items).orderBy(items.id);
	const wordings = () => context.db.select().from(extracts).orderBy(extracts.id);
	const state = async () => (await context.db.select().from(sources).where(eq(sources.id, source)))[0]!;

	it('keeps the bytes, the items and the words they can be quoted by', async () => {
		expect(await serve(rss(rice, port))).toMatchObject({
			outcome: 'read',
			status: 200,
			newItems: 2,
			error: null
		});
		const [first, second] = await all();
		expect(first).toMatchObject({ identity: 'f11', state: 'new', publishedAt: null, language: 'en' });
		expect(second!.publishedAt!.toISOString()).toBe('2026-11-21T01:00:00.000Z');
		const words = 'Da Nang added\nThe pilot will also apply to Da Nang from 1 December 2026.';
		expect((await readItem(context.db, second!.id)).wordings).toMatchObject([{ text: words, edit: false }]);
		const [capture] = await context.db.select().from(captures);
		expect(await createStorage(folder).bytes(capture!.sha256)).toEqual(Buffer.from(rss(rice, port)));
		expect(await state()).toMatchObject({ lastReadAt: now, failures: 0, lastError: null });
	});

	it('asks only whether something is new, and believes a 304', async () => {
		await serve(rss(rice), { etag: '"one"', 'last-modified': 'Sat, 21 Nov 2026 01:00:00 GMT' });
		host.set('/feed', (request) =>
			request.headers['if-none-match'] === '"one"' ? { status: 304 } : { body: rss(rice, port) }
		);
		expect(await pollSource(deps, source, null)).toMatchObject({ outcome: 'unchanged', status: 304 });
		expect(host.seen.at(-1)!.headers['if-modified-since']).toBe('Sat, 21 Nov 2026 01:00:00 GMT');
		expect(await all()).toHaveLength(1);
	});

	it('reads the same bytes once', async () => {
		await serve(rss(rice));
		expect(await serve(rss(rice))).toMatchObject({ outcome: 'unchanged', newItems: 0 });
		expect(await context.db.select().from(captures)).toHaveLength(1);
	});

	it('makes nothing new of a feed that is reordered, re-dated or numbered anew', async () => {
		await serve(rss(rice, port));
		expect(await serve(rss({ ...port, date: undefined }, rice))).toMatchObject({ newItems: 0 });
		expect(await serve(rss({ ...port, guid: 'g2' }, { ...rice, guid: 'g1' }))).toMatchObject({ newItems: 0 });
		expect(await serve(rss({ ...rice, guid: 'g1' }))).toMatchObject({ newItems: 0 });
		expect((await all()).map(({ identity }) => identity)).toEqual(['g1', 'g2']);
		expect(await wordings()).toHaveLength(2);
	});

	it('makes exactly one revision of one edited sentence, and the item keeps its state', async () => {
		await serve(rss(rice, port));
		const [, item] = await all();
		const dismissal = {
			state: 'dismissed',
			reason: 'known',
			decidedAt: new Date('2026-11-23T02:00:00Z')
		} as const;
		await context.db.update(items).set(dismissal).where(eq(items.id, item!.id));
		now = new Date('2026-11-24T01:00:00Z');
		const edited = rss(rice, { ...port, body: 'The pilot will also apply to Da Nang from May 2027.' });
		expect(await serve(edited)).toMatchObject({ outcome: 'read', newItems: 0 });
		expect(await wordings()).toHaveLength(3);
		const read = await readItem(context.db, item!.id);
		expect(read).toMatchObject({ state: 'dismissed', editedSince: true, version: item!.version + 1 });
		expect(read.wordings.map(({ edit }) => edit)).toEqual([true, false]);
		expect(read.wordings[0]!.text).toContain('May 2027');
	});

	it('does not take a change of our own cleaning for a change of the source', async () => {
		await serve(rss(port));
		const [item] = await all();
		const [capture] = await context.db.select().from(captures);
		const old = { item: item!.id, capture: capture!.id, extractor: 'text/0', text: 'x', hash: 'x' };
		await context.db.insert(extracts).values(old);
		await serve(`${rss(port)}<!-- -->`);
		const read = await readItem(context.db, item!.id);
		expect(read.wordings.map(({ edit }) => edit)).toEqual([false, false, false]);
	});

	it('reads GB18030 whatever the header claims', async () => {
		// "岘港" and "试点" as GB18030 bytes.
		const [daNang, pilot] = [Buffer.from('e1adb8db', 'hex'), Buffer.from('cad4b5e3', 'hex')];
		const [before, after] = rss({ title: '@', guid: 'zh' })
			.replace('1.0"', '1.0" encoding="GB18030"')
			.split('@');
		const bytes = Buffer.concat([Buffer.from(before!), daNang, pilot, Buffer.from(after!)]);
		await serve(bytes, { 'content-type': 'text/xml; charset=utf-8' });
		expect(await all()).toMatchObject([{ title: '岘港试点', language: 'zh-CN' }]);
	});

	it('names an item without a title, and invents no date', async () => {
		const gazette = { title: '', link: 'https://congbao.example/van-ban/00-2026-qd-ttg.htm' };
		await serve(rss({ ...gazette, body: 'Quyết định về danh mục linh kiện điện tử.' }));
		const title = '00/2026/QĐ-TTg: Quyết định về danh mục linh kiện điện tử';
		expect(await all()).toMatchObject([{ title, titleMade: true, publishedAt: null, language: 'vi' }]);
	});

	it('keeps scripts out of titles and foreign schemes out of links', async () => {
		await serve(rss({ guid: 'x', title: 'Port<script>alert(1)</script>', link: 'javascript:alert(1)' }));
		expect(await all()).toMatchObject([{ title: 'Port', link: null }]);
	});

	it('says why it could not read, comes back later each time, and harms nothing', async () => {
		await serve(rss(rice));
		const minutes = async () => ((await state()).nextPollAt!.getTime() - now.getTime()) / 60_000;
		host.set('/feed', { status: 503, headers: { 'retry-after': '18000' }, body: 'busy' });
		const error = { key: 'sources.error.server', detail: '503' };
		expect(await pollSource(deps, source, null)).toMatchObject({ outcome: 'failed', status: 503, error });
		expect(await state()).toMatchObject({ failures: 1, lastError: error, enabled: true });
		expect(await minutes()).toBe(300);
		host.set('/feed', { status: 500 });
		await pollSource(deps, source, null);
		expect(await minutes()).toBe(240);
		expect(await all()).toHaveLength(1);
		await serve(rss(rice));
		expect(await state()).toMatchObject({ failures: 0, lastError: null });
	});

	it('switches off a feed that is gone for good', async () => {
		host.set('/feed', { status: 410 });
		await pollSource(deps, source, null);
		expect(await state()).toMatchObject({ enabled: false, lastError: { key: 'sources.error.gone' } });
	});

	it.each([
		['a web page', '<!doctype html><html><body><p>Hello</p></body></html>', /^feed\./],
		['nothing', '', /^feed\.empty$/],
		['noise', '<rss><channel><item', /^feed\./]
	])('keeps nothing of %s', async (_what, body, key) => {
		const poll = await serve(body);
		expect(poll.outcome).toBe('failed');
		expect(poll.error!.key).toMatch(key);
		expect([await all(), await context.db.select().from(captures)]).toEqual([[], []]);
		expect((await state()).lastHash).toBeNull();
	});

	it('takes in no more of an endless body than it may', async () => {
		host.set('/feed', { body: rss(rice), fillBytes: 50 * 1024 * 1024 });
		expect(await pollSource(deps, source, null)).toMatchObject({ error: { key: 'outbound.too_large' } });
		expect(await all()).toEqual([]);
	});

	it.each([
		['http://10.0.0.1/feed', 'outbound.private_address'],
		['http://127.0.0.1/feed', 'outbound.private_address'],
		['http://nowhere.invalid/feed', 'outbound.not_found']
	])('does not reach %s', async (url, key) => {
		const poll = await pollSource(deps, await addSource(url), null);
		expect(poll).toMatchObject({ outcome: 'failed', error: { key } });
	});

	it('tells a dead host', async () => {
		const dead = await startFeedServer();
		await dead.close();
		const outbound = createOutbound({ allow: [dead.host], userAgent: 'test' });
		const poll = await pollSource({ ...deps, outbound }, await addSource(dead.url('/')), null);
		expect(poll).toMatchObject({ outcome: 'failed', error: { key: 'outbound.refused', detail: dead.host } });
	});

	it('lets one poll of a source run at a time', async () => {
		host.set('/feed', { body: rss(rice), delayMs: 300 });
		const first = pollSource(deps, source, null);
		await new Promise((resolve) => setTimeout(resolve, 100));
		await expect(pollSource(deps, source, null)).rejects.toMatchObject({ key: 'sources.refusal.running' });
		expect(await pollIfDue(deps, source)).toBeNull();
		expect(await first).toMatchObject({ outcome: 'read', newItems: 1 });
		expect(await context.db.select().from(polls)).toHaveLength(1);
	});

	it('starts afresh after a poll that a kill cut short', async () => {
		const startedAt = new Date(now.getTime() - 600_000);
		await context.db.insert(polls).values({ source, startedAt });
		expect(await serve(rss(rice))).toMatchObject({ outcome: 'read' });
		const [cut] = await context.db.select().from(polls).orderBy(polls.id);
		expect(cut).toMatchObject({ outcome: 'failed', error: { key: 'sources.error.cut_short' } });
	});

	it('closes the run when the fault is ours, and lets the fault be seen', async () => {
		host.set('/feed', { body: rss(rice) });
		const storage = { write: () => Promise.reject(new Error('disk on fire')) };
		await expect(pollSource({ ...deps, storage }, source, null)).rejects.toThrow('disk on fire');
		const [run] = await context.db.select().from(polls);
		expect(run).toMatchObject({ outcome: 'failed', error: { key: 'sources.error.ours' } });
		expect(await serve(rss(rice))).toMatchObject({ outcome: 'read', newItems: 1 });
	});

	it('asks a source when its time has come, and only if it is switched on', async () => {
		expect(await dueSources(context.db, now)).toEqual([source]);
		const enqueued: unknown[] = [];
		const jobs = { enqueue: async (...job: unknown[]) => String(enqueued.push(job)) };
		await pollDue({ db: context.db, jobs, now: () => now });
		expect(enqueued).toEqual([['poll', { source }, { singletonKey: `source:${source}` }]]);
		host.set('/feed', { body: rss(rice) });
		expect(await pollIfDue(deps, source)).toMatchObject({ newItems: 1 });
		expect(await pollIfDue(deps, source)).toBeNull();
		now = new Date(now.getTime() + 61 * 60_000);
		expect(await dueSources(context.db, now)).toEqual([source]);
		await context.db.update(sources).set({ enabled: false });
		expect(await dueSources(context.db, now)).toEqual([]);
		expect(await pollIfDue(deps, source)).toBeNull();
	});

	it('takes in a thousand items and the same thousand again', async () => {
		const many = Array.from({ length: 1_000 }, (_, n) => ({
			guid: `n${n}`,
			title: `News ${n}`,
			body: `Body ${n}`
		}));
		expect(await serve(rss(...many))).toMatchObject({ newItems: 1_000 });
		const again = many.map((entry) => ({ ...entry, guid: `again ${entry.guid}` }));
		expect(await serve(rss(...again))).toMatchObject({ newItems: 0 });
		expect(await readdir(path.join(folder, 'tmp'))).toEqual([]);
	});
});
