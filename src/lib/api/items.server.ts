import type { z } from 'zod';
import { listItems, readItem, type InboxRow } from '#lib/sources/inbox.server.ts';
import type { Given } from './endpoint.server.ts';
import type { Item, ItemRow } from './items.ts';
import { instant } from './shapes.ts';

export function shownItemRow(row: InboxRow): z.output<typeof ItemRow> {
	const { id, version, title, titleMade, link, language, state, until, source, sourceName, tier } = row;
	return {
		...{ id, version, title, titleMade, link, language, state, until },
		publishedAt: instant(row.publishedAt),
		firstSeenAt: instant(row.firstSeenAt),
		source: { id: source, name: sourceName, tier }
	};
}

/** An item of the inbox, as the API shows it. @throws Refusal 404 */
export async function itemAs({ db }: Pick<Given, 'db'>, id: number): Promise<z.output<typeof Item>> {
	const item = await readItem(db, id);
	return {
		...shownItemRow(item),
		change: item.change,
		reason: item.reason,
		decidedBy: item.decidedBy,
		decidedAt: instant(item.decidedAt),
		wordings: item.wordings.map(({ capture, text, at, edit }) => ({ capture, text, at: instant(at), edit }))
	};
}

export function itemNow(given: Given) {
	return itemAs(given, given.id());
}

export async function itemPage(
	{ db }: Pick<Given, 'db'>,
	query: {
		limit: number;
		cursor?: number | undefined;
		state?: InboxRow['state'] | undefined;
		source?: number | undefined;
		q?: string | undefined;
	}
) {
	const { limit, cursor: before, state, source, q } = query;
	const { items, next } = await listItems(db, { limit, before, state, source, search: q || undefined });
	return { items: items.map(shownItemRow), next: next === null ? null : String(next) };
}
