import { and, eq, isNotNull, ne } from 'drizzle-orm';
import { record } from '#lib/activity/activity.server.ts';
import type { Deed } from '#lib/activity/deeds.ts';
import { whyNot } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { transact, violated, type Db } from '#lib/server/db/db.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { refuseUnreachable } from './address-rules.ts';
import type { NewSource, SourceFields } from './forms.ts';
import { captures, polls, sources, sourceTiers } from './tables.ts';
import type { SourceRow } from './watch.server.ts';

/** What saving an address needs to know: the hosts allowed although private, and the time. */
export interface SavingRules {
	allow: readonly string[];
	now: Date;
}

/** @throws Refusal 400 beside `url` for an address that may not be fetched, 403, 409 for one that is watched already */
export async function createSource(
	db: Db,
	person: Person,
	input: NewSource,
	rules: SavingRules
): Promise<SourceRow> {
	mustManage(person);
	checkAddress(input.kind, input.url, rules);
	return transact(db, async (tx) => {
		await refuseSecond(tx, input.url);
		return insertSource(tx, person, { ...input, enabled: true });
	});
}

/** A source with the tier its person gives it, in the transaction of whatever needs it. */
export async function insertSource(
	tx: Db,
	person: Person,
	input: Omit<typeof sources.$inferInsert, 'id' | 'version'>
): Promise<SourceRow> {
	const [source] = await tx.insert(sources).values(input).returning();
	await setTier(tx, person, source!.id, input.tier);
	await tell(tx, person, 'source.created', source!);
	return source!;
}

/** @throws Refusal 412 with the source as it is now when somebody else saved in between; else as createSource */
export async function changeSource(
	db: Db,
	person: Person,
	id: number,
	version: number,
	input: SourceFields,
	rules: SavingRules
): Promise<SourceRow> {
	mustManage(person);
	return transact(db, async (tx) => {
		const source = await locked(tx, id, version);
		const moved = input.url !== source.url;
		if (moved) {
			checkAddress(source.kind, input.url, rules);
			await refuseSecond(tx, input.url, id);
		}
		if (input.tier !== source.tier) await setTier(tx, person, id, input.tier);
		const changed = await save(tx, source, { ...input, ...(moved && unread(rules.now)) });
		await tell(tx, person, 'source.changed', changed, { tier: input.tier });
		return changed;
	});
}

/** Switches polling on or off; switched on, it is asked at the next chance. Only a feed can be polled. */
export async function setEnabled(
	db: Db,
	person: Person,
	id: number,
	version: number,
	enabled: boolean,
	rules: SavingRules
): Promise<SourceRow> {
	mustManage(person);
	return transact(db, async (tx) => {
		const source = await locked(tx, id, version);
		if (source.kind !== 'feed') throw new Refusal('sources.refusal.not_a_feed');
		if (enabled) checkAddress(source.kind, source.url, rules);
		const restart = enabled && { failures: 0, lastError: null, nextPollAt: rules.now };
		const changed = await save(tx, source, { enabled, ...restart });
		await tell(tx, person, 'source.changed', changed, { enabled });
		return changed;
	});
}

/** Removes a source that nothing was read from. What was read may be quoted somewhere: such a source is switched off. */
export async function removeSource(db: Db, person: Person, id: number, version: number): Promise<void> {
	mustManage(person);
	await transact(db, async (tx) => {
		const source = await locked(tx, id, version);
		const [kept] = await tx
			.select({ id: captures.id })
			.from(captures)
			.where(eq(captures.source, id))
			.limit(1);
		if (kept) throw new Refusal('sources.refusal.has_captures');
		await tx.delete(polls).where(eq(polls.source, id));
		await tx.delete(sources).where(eq(sources.id, id));
		await tell(tx, person, 'source.removed', source);
	}).catch((error: unknown) => {
		// A claim rests on what it said: the database keeps it.
		if (violated(error)) throw new Refusal('sources.refusal.has_captures');
		throw error;
	});
}

function mustManage(person: Person): void {
	const why = whyNot(person, 'source.manage');
	if (why) throw new Refusal(why, { status: 403 });
}

function checkAddress(kind: SourceRow['kind'], url: string | null, { allow }: SavingRules): void {
	if (kind !== 'feed') return;
	if (!url) {
		const fields = { url: { key: 'form.field_required' } } as const;
		throw new Refusal('form.check_fields', { status: 400, fields });
	}
	refuseUnreachable(url, allow);
}

async function refuseSecond(tx: Db, url: string | null, but?: number): Promise<void> {
	if (!url) return;
	const [other] = await tx
		.select({ name: sources.name })
		.from(sources)
		.where(and(isNotNull(sources.url), eq(sources.url, url), but ? ne(sources.id, but) : undefined));
	if (!other) return;
	const fields = { url: { key: 'sources.refusal.same_address', args: { name: other.name } } } as const;
	throw new Refusal('form.check_fields', { status: 409, fields });
}

async function locked(tx: Db, id: number, version: number): Promise<SourceRow> {
	const [source] = await tx.select().from(sources).where(eq(sources.id, id)).for('update');
	if (!source) throw notFound('noun.source');
	if (source.version !== version) throw stale(source);
	return source;
}

async function save(tx: Db, source: SourceRow, changes: Partial<SourceRow>): Promise<SourceRow> {
	const [changed] = await tx
		.update(sources)
		.set({ ...changes, version: source.version + 1 })
		.where(eq(sources.id, source.id))
		.returning();
	return changed!;
}

/** Another address: what we know of the old one's answers says nothing about it. */
function unread(now: Date): Partial<SourceRow> {
	return { etag: null, lastModified: null, lastHash: null, lastError: null, failures: 0, nextPollAt: now };
}

/** The tier with who said so. The database refuses it to a person who promoted a claim of this source. */
async function setTier(tx: Db, person: Person, source: number, tier: number): Promise<void> {
	try {
		await tx.insert(sourceTiers).values({ source, tier, person: person.id });
	} catch (error) {
		if (violated(error) !== 'source_tiers_by_another') throw error;
		const fields = { tier: { key: 'sources.refusal.promoted_by_you' } } as const;
		throw new Refusal('form.check_fields', { status: 409, fields });
	}
}

async function tell(
	tx: Db,
	person: Person,
	deed: Deed,
	source: SourceRow,
	data: Record<string, unknown> = {}
) {
	const about = { deed, subject: 'source', subjectId: source.id, data: { name: source.name, ...data } };
	await record(tx, { person: person.id, ...about });
}
