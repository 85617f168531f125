import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Db } from '#lib/server/db/db.ts';
import { createOutbound } from '#lib/server/outbound/outbound.server.ts';
import { createStorage, type Storage } from '#lib/server/storage/storage.server.ts';
import { items, sources } from '#lib/sources/tables.ts';
import { pollSource, type PollRow, type SourceRow, type WatchDeps } from '#lib/sources/watch.server.ts';
import { describeWithDatabase } from './database.ts';
import { startFeedServer, type FeedServer } from './feed-server.ts';

export interface Entry {
	guid?: string;
	title?: string;
	link?: string;
	date?: string;
	body?: string;
}

const tag = (name: string, text: string | undefined) =>
	text === undefined ? '' : `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;

/** A feed of these entries; what an entry leaves out, the feed leaves out. */
export function rss(...entries: Entry[]): string {
	const written = entries.map(
		({ guid, title, link, date, body }) =>
			`<item>${tag('guid', guid)}${tag('title', title)}${tag('link', link)}${tag('pubDate', date)}${tag('description', body)}</item>`
	);
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>${written.join('')}</channel></rss>`;
}

/** One feed source on a small web server, and all that polling it takes. */
export interface Watching {
	readonly db: Db;
	readonly host: FeedServer;
	readonly deps: WatchDeps;
	readonly storage: Storage;
	/** The source that `serve` polls. */
	readonly source: number;
	/** What time it is; tests move it on. */
	now: Date;
	addSource(url: string): Promise<number>;
	/** Serves this body from now on and polls it. */
	serve(body: string | Uint8Array, headers?: Record<string, string>): Promise<PollRow>;
	items(): Promise<(typeof items.$inferSelect)[]>;
	state(): Promise<SourceRow>;
}

/** A `describe` whose tests poll real feeds over loopback into an empty database. */
export function describeWatching(name: string, body: (it: Watching) => void): void {
	describeWithDatabase(name, (context) => {
		let host: FeedServer;
		let folder: string;
		let deps: WatchDeps;
		let source: number;
		const it: Watching = {
			get db() {
				return context.db;
			},
			get host() {
				return host;
			},
			get deps() {
				return deps;
			},
			get storage() {
				return createStorage(folder);
			},
			get source() {
				return source;
			},
			now: new Date(0),
			async addSource(url) {
				const values = { name: 'Trade desk', kind: 'feed', tier: 3, url, enabled: true } as const;
				const [row] = await context.db.insert(sources).values(values).returning({ id: sources.id });
				return row!.id;
			},
			serve(body, headers = {}) {
				host.set('/feed', { body, headers: { 'content-type': 'application/rss+xml', ...headers } });
				return pollSource(deps, source, null);
			},
			items: async () => context.db.select().from(items).orderBy(items.id),
			state: async () => (await context.db.select().from(sources).where(eq(sources.id, source)))[0]!
		};
		beforeAll(async () => {
			host = await startFeedServer();
			folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
		});
		afterAll(async () => {
			await host.close();
			await rm(folder, { recursive: true });
		});
		beforeEach(async () => {
			it.now = new Date('2026-11-23T01:00:00Z');
			const outbound = createOutbound({ allow: [host.host], userAgent: 'test' });
			deps = { db: context.db, outbound, storage: it.storage, now: () => it.now, jitter: () => 0.5 };
			source = await it.addSource(host.url('/feed'));
			host.seen.length = 0;
		});
		body(it);
	});
}
