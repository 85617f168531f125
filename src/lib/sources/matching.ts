/** An entry of a feed, cleaned, before we know whether it is news. */
export interface Reading {
	/** What the source calls it: its id, else its address, else a hash of its words. At most 512 characters. */
	identity: string;
	title: string;
	titleMade: boolean;
	link: string | null;
	publishedAt: Date | null;
	language: string | null;
	/** Title and text: what quotes are looked for in. */
	text: string;
	/** Of `text`, without regard to white space. */
	hash: string;
}

/** An item we hold, with the newest of its extracts. */
export interface Held {
	id: number;
	identity: string;
	title: string;
	link: string | null;
	extractor: string;
	hash: string;
}

export interface Matched {
	fresh: Reading[];
	/** Its words changed (or how we clean them): the item stays what it is and gets another extract. */
	edited: { item: Held; reading: Reading }[];
	/** The source calls it something else now; its words are the same. */
	renamed: { item: Held; identity: string }[];
}

/**
 * Which readings are news; their identities differ. One that carries a known identity is that item. One that does not,
 * yet has the very words of an item we hold, or its title under an address of its own, is that item under a new id:
 * feeds renumber. An address alone is no proof, for some feeds give all their entries the same one.
 */
export function match(readings: readonly Reading[], held: readonly Held[], extractor: string): Matched {
	const byIdentity = new Map(held.map((item) => [item.identity, item]));
	const shared = sharedLinks(readings, held);
	const byWords = new Map(held.flatMap((item) => likenesses(item, shared).map((like) => [like, item])));
	const claimed = new Set<number>();
	const given = new Set<string>();
	const matched: Matched = { fresh: [], edited: [], renamed: [] };

	function take(item: Held, reading: Reading): void {
		claimed.add(item.id);
		if (item.hash !== reading.hash || item.extractor !== extractor) matched.edited.push({ item, reading });
	}
	for (const reading of readings) {
		const item = byIdentity.get(reading.identity);
		if (item) take(item, reading);
	}
	for (const reading of readings.filter(({ identity }) => !byIdentity.has(identity))) {
		const alike = likenesses(reading, shared);
		const item = alike.map((like) => byWords.get(like)).find((found) => found !== undefined);
		if (!item && !alike.some((like) => given.has(like))) matched.fresh.push(reading);
		if (item && !claimed.has(item.id)) {
			matched.renamed.push({ item, identity: reading.identity });
			take(item, reading);
		}
		for (const like of alike) given.add(like);
	}
	return matched;
}

type Words = Pick<Reading, 'link' | 'title' | 'hash'>;

/** What an item may be known by beside its id. */
function likenesses({ link, title, hash }: Words, shared: ReadonlySet<string>): string[] {
	const words = `${link ?? ''}\nwords ${hash}`;
	return link === null || shared.has(link) ? [words] : [words, `${link}\ntitle ${title}`];
}

/** Addresses that stand for more than one thing, in the feed or among what we hold. */
function sharedLinks(...lists: (readonly { link: string | null }[])[]): Set<string> {
	const shared = new Set<string>();
	for (const list of lists) {
		const met = new Set<string>();
		for (const { link } of list) {
			if (link === null) continue;
			if (met.has(link)) shared.add(link);
			met.add(link);
		}
	}
	return shared;
}
