import { createHash } from 'node:crypto';
import { captures, extracts, items, sources, sourceTiers } from '../sources/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import feedItems from './feed-items.json' with { type: 'json' };

const tierOf: Record<string, number> = { official_demo: 1, secondary: 3, rumour: 4 };

/** The one item a tour reads from a feed itself. */
const heardOnTour = 'demo-f13';

/**
 * Fictional items in the inbox, so that a first look finds something to judge. Their texts are stored before the
 * transaction; the answer writes the rows in it.
 */
export async function loadInbox(storage: Storage): Promise<(tx: Db) => Promise<void>> {
	const read = feedItems.filter((item) => item.id !== heardOnTour);
	const stored = new Map<string, { sha256: string; size: number }>();
	for (const item of read) {
		const bytes = new TextEncoder().encode(`${plain(item.title)}\n\n${plain(item.body)}`);
		stored.set(item.id, await storage.write(once(bytes), { maxBytes: 1_000_000 }));
	}
	return async (tx) => {
		const sourceIds = await addSources(tx, read);
		for (const item of read) {
			const source = sourceIds.get(item.source)!;
			const at = new Date(item.publishedAt ?? '2026-11-17T02:00:00Z');
			const { sha256, size } = stored.get(item.id)!;
			const [capture] = await tx
				.insert(captures)
				.values({ source, url: address(item.link), sha256, size, contentType: 'text/plain', fetchedAt: at })
				.returning({ id: captures.id });
			const title = plain(item.title);
			const [row] = await tx
				.insert(items)
				.values({
					...{ source, identity: item.id, link: address(item.link), language: item.lang, firstSeenAt: at },
					title: title || plain(item.body),
					titleMade: !title,
					publishedAt: item.publishedAt ? at : null
				})
				.returning({ id: items.id });
			const text = `${title}\n\n${plain(item.body)}`;
			const hash = createHash('sha256').update(text).digest('hex');
			await tx
				.insert(extracts)
				.values({ capture: capture!.id, item: row!.id, extractor: 'demo/1', text, hash, at });
		}
	};
}

async function addSources(tx: Db, read: typeof feedItems): Promise<Map<string, number>> {
	const keys = [...new Map(read.map((item) => [item.source, item])).values()];
	const added = await tx
		.insert(sources)
		.values(
			keys.map((item) => ({
				key: item.source,
				name: `${item.source.replace('demo-', 'Demo ').replaceAll('-', ' ')} (fictional)`,
				kind: 'manual' as const,
				tier: tierOf[item.sourceTier] ?? 4,
				homepage: new URL('/', address(item.link) ?? 'https://hangye-demo.example').href,
				languages: [item.lang],
				enabled: false
			}))
		)
		.returning({ id: sources.id, key: sources.key, tier: sources.tier });
	await tx.insert(sourceTiers).values(added.map(({ id, tier }) => ({ source: id, tier, person: null })));
	return new Map(added.map(({ id, key }) => [key!, id]));
}

/** What a reader keeps of a hostile text: no tags, no scripts. */
function plain(text: string): string {
	return text
		.replace(/<script[\s\S]*?<\/script>/gi, '')
		.replace(/<[^>]*>/g, '')
		.trim();
}

function address(link: string): string | null {
	return /^https?:/.test(link) ? link : null;
}

async function* once(bytes: Uint8Array) {
	yield bytes;
}
