import { expect, test } from 'vitest';
import { createOutbound } from '#lib/server/outbound/outbound.server.ts';
import { startFeedServer } from '../../../tests/support/feed-server.ts';
import { describeWatching, rss } from '../../../tests/support/watching.ts';
import { captures, polls } from './tables.ts';
import { pollSource } from './watch.server.ts';

const rice = { guid: 'f11', title: 'Rice edges up', link: 'https://desk.example/rice', body: 'Unrelated.' };
describeWatching('a source that cannot be read', (it) => {
	test('says why it could not read, comes back later each time, and harms nothing', async () => {
		await it.serve(rss(rice));
		const minutes = async () => ((await it.state()).nextPollAt!.getTime() - it.now.getTime()) / 60_000;
		it.host.set('/feed', { status: 503, headers: { 'retry-after': '18000' }, body: 'busy' });
		const error = { key: 'sources.error.server', detail: '503' };
		expect(await pollSource(it.deps, it.source, null)).toMatchObject({
			outcome: 'failed',
			status: 503,
			error
		});
		expect(await it.state()).toMatchObject({ failures: 1, lastError: error, enabled: true });
		expect(await minutes()).toBe(300);
		it.host.set('/feed', { status: 500 });
		await pollSource(it.deps, it.source, null);
		expect(await minutes()).toBe(240);
		expect(await it.items()).toHaveLength(1);
		await it.serve(rss(rice));
		expect(await it.state()).toMatchObject({ failures: 0, lastError: null });
	});

	test('switches off a feed that is gone for good', async () => {
		it.host.set('/feed', { status: 410 });
		await pollSource(it.deps, it.source, null);
		expect(await it.state()).toMatchObject({ enabled: false, lastError: { key: 'sources.error.gone' } });
	});

	test.each([
		['a web page', '<!doctype html><html><body><p>Hello</p></body></html>', /^feed\./],
		['nothing', '', /^feed\.empty$/],
		['noise', '<rss><channel><item', /^feed\./]
	])('keeps nothing of %s', async (_what, body, key) => {
		const poll = await it.serve(body);
		expect(poll.outcome).toBe('failed');
		expect(poll.error!.key).toMatch(key);
		expect([await it.items(), await it.db.select().from(captures)]).toEqual([[], []]);
		expect((await it.state()).lastHash).toBeNull();
	});

	test('takes in no more of an endless body than it may', async () => {
		it.host.set('/feed', { body: rss(rice), fillBytes: 50 * 1024 * 1024 });
		expect(await pollSource(it.deps, it.source, null)).toMatchObject({
			error: { key: 'outbound.too_large' }
		});
		expect(await it.items()).toEqual([]);
	});

	test.each([
		['http://10.0.0.1/feed', 'outbound.private_address'],
		['http://127.0.0.1/feed', 'outbound.private_address'],
		['http://nowhere.invalid/feed', 'outbound.not_found']
	])('does not reach %s', async (url, key) => {
		const poll = await pollSource(it.deps, await it.addSource(url), null);
		expect(poll).toMatchObject({ outcome: 'failed', error: { key } });
	});

	test('tells a dead host', async () => {
		const dead = await startFeedServer();
		await dead.close();
		const outbound = createOutbound({ allow: [dead.host], userAgent: 'test' });
		const poll = await pollSource({ ...it.deps, outbound }, await it.addSource(dead.url('/')), null);
		expect(poll).toMatchObject({ outcome: 'failed', error: { key: 'outbound.refused', detail: dead.host } });
	});

	test('starts afresh after a poll that a kill cut short', async () => {
		const startedAt = new Date(it.now.getTime() - 600_000);
		await it.db.insert(polls).values({ source: it.source, startedAt });
		expect(await it.serve(rss(rice))).toMatchObject({ outcome: 'read' });
		const [cut] = await it.db.select().from(polls).orderBy(polls.id);
		expect(cut).toMatchObject({ outcome: 'failed', error: { key: 'sources.error.cut_short' } });
	});

	test('closes the run when the fault is ours, and lets the fault be seen', async () => {
		it.host.set('/feed', { body: rss(rice) });
		const storage = { write: () => Promise.reject(new Error('disk on fire')) };
		await expect(pollSource({ ...it.deps, storage }, it.source, null)).rejects.toThrow('disk on fire');
		const [run] = await it.db.select().from(polls);
		expect(run).toMatchObject({ outcome: 'failed', error: { key: 'sources.error.ours' } });
		expect(await it.serve(rss(rice))).toMatchObject({ outcome: 'read', newItems: 1 });
	});
});
