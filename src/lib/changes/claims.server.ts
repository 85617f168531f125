import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Person } from '#lib/people/roles.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { LocalizedText, MessageKey } from '#lib/words/words.ts';
import { captures, extracts, items, sources } from '../sources/tables.ts';
import { insist, nextKey, takeChange, takeMeasure, written, type Change } from './at-hand.server.ts';
import { told } from './changes.server.ts';
import type { Attestation, ClaimWords } from './claim-form.ts';
import { whyNotAttest } from './permissions.ts';
import { attestations, claims } from './tables.ts';

export type Claim = typeof claims.$inferSelect;

/** Adds a claim with its first attestation. Answers its key (`C27`), the next free one of the measure. */
export async function addClaim(
	db: Db,
	person: Person,
	changeId: number,
	words: ClaimWords,
	attestation: Attestation
): Promise<string> {
	return transact(db, async (tx) => {
		const change = await takeChange(tx, changeId);
		insist(whyNotAttest(change, person));
		await takeMeasure(tx, change.measure);
		await refuseTwin(tx, change, words);
		const key = await nextKey(tx, claims, change.measure);
		const [claim] = await tx
			.insert(claims)
			.values({
				key,
				measure: change.measure,
				change: change.id,
				subject: words.subject,
				predicate: words.predicate,
				value: words.value,
				paraphrase: written(person, words.paraphrase),
				createdBy: person.id
			})
			.returning();
		await attest(tx, person, claim!, attestation);
		await told(tx, person, 'claim.added', change, { key });
		return key;
	});
}

/** One more source for a claim, in any state of its change but withdrawn. */
export async function attestClaim(
	db: Db,
	person: Person,
	claimId: number,
	attestation: Attestation
): Promise<void> {
	await transact(db, async (tx) => {
		const { claim, change } = await takeClaim(tx, person, claimId);
		await attest(tx, person, claim, attestation);
		await told(tx, person, 'claim.attested', change, { key: claim.key });
	});
}

/** Marks a claim as withdrawn, with who and when; it stays readable, and what cites it shows it. */
export async function withdrawClaim(db: Db, person: Person, claimId: number, version: number): Promise<void> {
	await transact(db, async (tx) => {
		const { claim, change } = await takeClaim(tx, person, claimId);
		if (claim.version !== version) throw stale(claim);
		await tx
			.update(claims)
			.set({ withdrawnAt: sql`now()`, withdrawnBy: person.id, version: claim.version + 1 })
			.where(eq(claims.id, claim.id));
		await told(tx, person, 'claim.withdrawn', change, { key: claim.key });
	});
}

export interface Citable {
	/** `item:12` or `source:3`: the `from` of an attestation. */
	from: string;
	name: string;
	source: string;
	tier: number;
	/** The newest text of an item, for reading beside the form; null for a source. */
	text: string | null;
}

/** Where a claim of this change may stand: what was linked to it from the inbox, then every source. */
export async function citable(db: Db, change: number): Promise<Citable[]> {
	const linked = await db
		.select({ id: items.id, name: items.title, source: sources.name, tier: sources.tier })
		.from(items)
		.innerJoin(sources, eq(sources.id, items.source))
		.where(eq(items.change, change))
		.orderBy(desc(items.id));
	const all = await db
		.select({ id: sources.id, name: sources.name, tier: sources.tier })
		.from(sources)
		.orderBy(asc(sources.tier), asc(sources.name));
	const read = await Promise.all(linked.map(({ id }) => newestText(db, id)));
	return [
		...linked.map((row, at) => ({ ...row, from: `item:${row.id}`, text: read[at]?.text ?? null })),
		...all.map((row) => ({ ...row, from: `source:${row.id}`, source: row.name, text: null }))
	];
}

/** Origins already named on the measure's claims, for a text that copies one of them. */
export async function originGroups(db: Db, measure: number): Promise<string[]> {
	const rows = await db
		.selectDistinct({ group: attestations.originGroup })
		.from(attestations)
		.innerJoin(claims, eq(claims.id, attestations.claim))
		.where(eq(claims.measure, measure))
		.orderBy(attestations.originGroup);
	return rows.map((row) => row.group);
}

async function takeClaim(tx: Db, person: Person, id: number): Promise<{ claim: Claim; change: Change }> {
	const [found] = await tx.select({ change: claims.change }).from(claims).where(eq(claims.id, id));
	if (!found) throw notFound('noun.claim');
	const change = await takeChange(tx, found.change);
	insist(whyNotAttest(change, person));
	const [claim] = await tx.select().from(claims).where(eq(claims.id, id)).for('update');
	if (claim!.withdrawnAt) throw new Refusal('claims.refusal.withdrawn');
	return { claim: claim!, change };
}

/** The same claim twice would count one report as two: the second voice is an attestation of the first. */
async function refuseTwin(tx: Db, change: Change, words: ClaimWords): Promise<void> {
	const [twin] = await tx
		.select({ key: claims.key })
		.from(claims)
		.where(
			and(
				eq(claims.measure, change.measure),
				eq(claims.subject, words.subject),
				eq(claims.predicate, words.predicate),
				sql`${claims.value} = ${JSON.stringify(words.value)}::jsonb`,
				isNull(claims.withdrawnAt)
			)
		);
	if (twin) throw new Refusal('claims.refusal.exists', { args: { key: twin.key } });
}

async function attest(tx: Db, person: Person, claim: Claim, given: Attestation): Promise<void> {
	const { source, item } = await placeOf(tx, given.from);
	const capture = given.quote ? await captureWith(tx, item, given.quote) : null;
	const summary: LocalizedText | null = given.quote ? null : written(person, given.summary);
	await tx.insert(attestations).values({
		claim: claim.id,
		source: source.id,
		capture,
		item,
		quote: given.quote || null,
		summary,
		statement: given.statement,
		asOf: given.asOf,
		originGroup: given.originGroup || (await copiedFrom(tx, claim, given.quote)) || ownGroup(source),
		person: person.id
	});
}

async function placeOf(tx: Db, from: string) {
	const [kind, id] = from.split(':');
	const item = kind === 'item' ? Number(id) : null;
	const about = { id: sources.id, url: sources.url, homepage: sources.homepage };
	const [source] = item
		? await tx
				.select(about)
				.from(items)
				.innerJoin(sources, eq(sources.id, items.source))
				.where(eq(items.id, item))
		: await tx
				.select(about)
				.from(sources)
				.where(eq(sources.id, Number(id)));
	if (!source) throw wrongField('from', 'claims.choose_source');
	return { source, item };
}

/** The capture whose newest text contains the quote; the same function of the database guards promotions with it. */
async function captureWith(tx: Db, item: number | null, quote: string): Promise<number> {
	const newest = item === null ? null : await newestText(tx, item);
	if (!newest) throw wrongField('quote', 'claims.no_text');
	const [found] = await tx
		.select({ id: extracts.id })
		.from(extracts)
		.where(
			and(
				eq(extracts.id, newest.id),
				sql`position(quotable(${quote}::text) in quotable(${extracts.text})) > 0`
			)
		);
	if (!found) throw wrongField('quote', 'claims.quote_not_found');
	return newest.capture;
}

async function newestText(db: Db, item: number) {
	const [newest] = await db
		.select({ id: extracts.id, capture: captures.id, text: extracts.text })
		.from(extracts)
		.innerJoin(captures, eq(captures.id, extracts.capture))
		.where(eq(extracts.item, item))
		.orderBy(desc(extracts.id))
		.limit(1);
	return newest ?? null;
}

/** The origin of an attestation with the very same words: a text copied is one origin, whoever prints it. */
async function copiedFrom(tx: Db, claim: Claim, quote: string): Promise<string | null> {
	if (!quote) return null;
	const [same] = await tx
		.select({ group: attestations.originGroup })
		.from(attestations)
		.where(
			and(
				eq(attestations.claim, claim.id),
				isNotNull(attestations.quote),
				sql`quotable(${attestations.quote}) = quotable(${quote}::text)`
			)
		)
		.limit(1);
	return same?.group ?? null;
}

function ownGroup(source: { id: number; url: string | null; homepage: string | null }): string {
	const address = source.homepage ?? source.url;
	const host = address && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '';
	return host || `source:${source.id}`;
}

function wrongField(field: string, key: MessageKey): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields: { [field]: { key } } });
}
