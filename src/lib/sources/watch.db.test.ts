import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeWatching, rss } from '../../../tests/support/watching.ts';
import { readItem } from './inbox.server.ts';
import { captures, extracts, items, polls, sources } from './tables.ts';
import { dueSources, pollDue, pollIfDue, pollSource } from './watch.server.ts';

const rice = { guid: 'f11', title: 'Rice edges up', link: 'https://desk.example/rice', body: 'Unrelated.' };
const port = {
	guid: 'f13',
	title: 'Da Nang added',
	link: 'https://desk.example/da-nang',
	date: 'Sat, 21 Nov 2026 08:00:00 +0700',
	body: '<p>The pilot will also apply to Da Nang from 1 December 2026.</p>'
};

describeWatching('watching a source', (it) => {
	const wordings = () => it.db.select().from(extracts).orderBy(extracts.id);

	test('keeps the bytes, the items and the words they can be quoted by', async () => {
		expect(await it.serve(rss(rice, port))).toMatchObject({
			outcome: 'read',
			status: 200,
			newItems: 2,
			error: null
		});
		const [first, second] = await it.items();
		expect(first).toMatchObject({ identity: 'f11', state: 'new', publishedAt: null, language: 'en' });
		expect(second!.publishedAt!.toISOString()).toBe('2026-11-21T01:00:00.000Z');
		const words = 'Da Nang added\nThe pilot will also apply to Da Nang from 1 December 2026.';
		expect((await readItem(it.db, second!.id)).wordings).toMatchObject([{ text: words, edit: false }]);
		const [capture] = await it.db.select().from(captures);
		expect(await it.storage.bytes(capture!.sha256)).toEqual(Buffer.from(rss(rice, port)));
		expect(await it.state()).toMatchObject({ lastReadAt: it.now, failures: 0, lastError: null });
	});

	test('asks only whether something is new, and believes a 304', async () => {
		await it.serve(rss(rice), { etag: '"one"', 'last-modified': 'Sat, 21 Nov 2026 01:00:00 GMT' });
		it.host.set('/feed', (request) =>
			request.headers['if-none-match'] === '"one"' ? { status: 304 } : { body: rss(rice, port) }
		);
		expect(await pollSource(it.deps, it.source, null)).toMatchObject({ outcome: 'unchanged', status: 304 });
		expect(it.host.seen.at(-1)!.headers['if-modified-since']).toBe('Sat, 21 Nov 2026 01:00:00 GMT');
		expect(await it.items()).toHaveLength(1);
	});

	test('reads the same bytes once', async () => {
		await it.serve(rss(rice));
		expect(await it.serve(rss(rice))).toMatchObject({ outcome: 'unchanged', newItems: 0 });
		expect(await it.db.select().from(captures)).toHaveLength(1);
	});

	test('makes nothing new of a feed that is reordered, re-dated or numbered anew', async () => {
		await it.serve(rss(rice, port));
		expect(await it.serve(rss({ ...port, date: undefined }, rice))).toMatchObject({ newItems: 0 });
		expect(await it.serve(rss({ ...port, guid: 'g2' }, { ...rice, guid: 'g1' }))).toMatchObject({
			newItems: 0
		});
		expect(await it.serve(rss({ ...rice, guid: 'g1' }))).toMatchObject({ newItems: 0 });
		expect((await it.items()).map(({ identity }) => identity)).toEqual(['g1', 'g2']);
		expect(await wordings()).toHaveLength(2);
	});

	test('makes exactly one revision of one edited sentence, and the item keeps its state', async () => {
		await it.serve(rss(rice, port));
		const [, item] = await it.items();
		const dismissal = {
			state: 'dismissed',
			reason: 'known',
			decidedAt: new Date('2026-11-23T02:00:00Z')
		} as const;
		await it.db.update(items).set(dismissal).where(eq(items.id, item!.id));
		it.now = new Date('2026-11-24T01:00:00Z');
		const edited = rss(rice, { ...port, body: 'The pilot will also apply to Da Nang from May 2027.' });
		expect(await it.serve(edited)).toMatchObject({ outcome: 'read', newItems: 0 });
		expect(await wordings()).toHaveLength(3);
		const read = await readItem(it.db, item!.id);
		expect(read).toMatchObject({ state: 'dismissed', editedSince: true, version: item!.version + 1 });
		expect(read.wordings.map(({ edit }) => edit)).toEqual([true, false]);
		expect(read.wordings[0]!.text).toContain('May 2027');
	});

	test('does not take a change of our own cleaning for a change of the source', async () => {
		await it.serve(rss(port));
		const [item] = await it.items();
		const [capture] = await it.db.select().from(captures);
		const old = { item: item!.id, capture: capture!.id, extractor: 'text/0', text: 'x', hash: 'x' };
		await it.db.insert(extracts).values(old);
		await it.serve(`${rss(port)}<!-- -->`);
		const read = await readItem(it.db, item!.id);
		expect(read.wordings.map(({ edit }) => edit)).toEqual([false, false, false]);
	});

	test('reads GB18030 whatever the header claims', async () => {
		// "岘港" and "试点" as GB18030 bytes.
		const [daNang, pilot] = [Buffer.from('e1adb8db', 'hex'), Buffer.from('cad4b5e3', 'hex')];
		const [before, after] = rss({ title: '@', guid: 'zh' })
			.replace('1.0"', '1.0" encoding="GB18030"')
			.split('@');
		const bytes = Buffer.concat([Buffer.from(before!), daNang, pilot, Buffer.from(after!)]);
		await it.serve(bytes, { 'content-type': 'text/xml; charset=utf-8' });
		expect(await it.items()).toMatchObject([{ title: '岘港试点', language: 'zh-CN' }]);
	});

	test('names an item without a title, and invents no date', async () => {
		const gazette = { title: '', link: 'https://congbao.example/van-ban/00-2026-qd-ttg.htm' };
		await it.serve(rss({ ...gazette, body: 'Quyết định về danh mục linh kiện điện tử.' }));
		const title = '00/2026/QĐ-TTg: Quyết định về danh mục linh kiện điện tử';
		expect(await it.items()).toMatchObject([{ title, titleMade: true, publishedAt: null, language: 'vi' }]);
	});

	test('keeps scripts out of titles and foreign schemes out of links', async () => {
		await it.serve(rss({ guid: 'x', title: 'Port<script>alert(1)</script>', link: 'javascript:alert(1)' }));
		expect(await it.items()).toMatchObject([{ title: 'Port', link: null }]);
	});

	test('lets one poll of a source run at a time', async () => {
		it.host.set('/feed', { body: rss(rice), delayMs: 300 });
		const first = pollSource(it.deps, it.source, null);
		await new Promise((resolve) => setTimeout(resolve, 100));
		await expect(pollSource(it.deps, it.source, null)).rejects.toMatchObject({
			key: 'sources.refusal.running'
		});
		expect(await pollIfDue(it.deps, it.source)).toBeNull();
		expect(await first).toMatchObject({ outcome: 'read', newItems: 1 });
		expect(await it.db.select().from(polls)).toHaveLength(1);
	});

	test('asks a source when its time has come, and only if it is switched on', async () => {
		expect(await dueSources(it.db, it.now)).toEqual([it.source]);
		const enqueued: unknown[] = [];
		const jobs = { enqueue: async (...job: unknown[]) => String(enqueued.push(job)) };
		await pollDue({ db: it.db, jobs, now: () => it.now });
		expect(enqueued).toEqual([['poll', { source: it.source }, { singletonKey: `source:${it.source}` }]]);
		it.host.set('/feed', { body: rss(rice) });
		expect(await pollIfDue(it.deps, it.source)).toMatchObject({ newItems: 1 });
		expect(await pollIfDue(it.deps, it.source)).toBeNull();
		it.now = new Date(it.now.getTime() + 61 * 60_000);
		expect(await dueSources(it.db, it.now)).toEqual([it.source]);
		await it.db.update(sources).set({ enabled: false });
		expect(await dueSources(it.db, it.now)).toEqual([]);
		expect(await pollIfDue(it.deps, it.source)).toBeNull();
	});

	test('takes in a thousand items and the same thousand again', async () => {
		const many = Array.from({ length: 1_000 }, (_, n) => ({
			guid: `n${n}`,
			title: `News ${n}`,
			body: `Body ${n}`
		}));
		expect(await it.serve(rss(...many))).toMatchObject({ newItems: 1_000 });
		const again = many.map((entry) => ({ ...entry, guid: `again ${entry.guid}` }));
		expect(await it.serve(rss(...again))).toMatchObject({ newItems: 0 });
	});
});
