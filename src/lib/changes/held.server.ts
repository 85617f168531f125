import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { items, sources } from '../sources/tables.ts';
import { certaintyOf, type Certainty } from './certainty.ts';
import type { HeldClaim, Voice } from './held.ts';
import { attestations, claims, contradictions, instruments, promotions } from './tables.ts';

type Which =
	{ changes: readonly number[] } | { ids: readonly number[] } | { measure: number; keys: readonly string[] };

/** Claims in the order of their keys, in five queries whatever their number. */
export async function heldClaims(db: Db, which: Which): Promise<HeldClaim[]> {
	const rows = await db
		.select({ claim: claims, withdrawnBy: people.name })
		.from(claims)
		.leftJoin(people, eq(people.id, claims.withdrawnBy))
		.where(wanted(which))
		.orderBy(asc(claims.id));
	if (!rows.length) return [];
	const ids = rows.map((row) => row.claim.id);
	const voices = grouped(await voicesOf(db, ids));
	const promoted = grouped(await promotionsOf(db, ids));
	const against = await contradictionsOf(db, ids);
	const successors = await keysOf(
		db,
		rows.flatMap(({ claim }) => claim.supersededBy ?? [])
	);
	return rows.map(({ claim, withdrawnBy }) => {
		const own = voices.get(claim.id) ?? [];
		const promotedBy = promoted.get(claim.id) ?? [];
		const contradictedBy = against.filter((row) => row.claim === claim.id).map((row) => row.by);
		const certainty = certaintyOf({
			withdrawn: claim.withdrawnAt !== null,
			superseded: claim.supersededBy !== null,
			contradicted: contradictedBy.length > 0,
			promotions: promotedBy,
			attestations: own
		});
		return {
			id: claim.id,
			key: claim.key,
			change: claim.change,
			subject: claim.subject,
			predicate: claim.predicate,
			value: claim.value,
			paraphrase: claim.paraphrase,
			note: claim.note,
			certainty,
			instrument: certainty === 'official' ? (promotedBy[0]?.instrument ?? null) : null,
			voices: own,
			contradictedBy,
			supersededBy: claim.supersededBy === null ? null : (successors.get(claim.supersededBy) ?? null),
			withdrawn: claim.withdrawnAt && { by: withdrawnBy, at: claim.withdrawnAt },
			version: claim.version
		};
	});
}

/** What we hold of each claim, by id: nothing typed, all derived. */
export async function certaintiesOf(db: Db, ids: readonly number[]): Promise<Map<number, Certainty>> {
	const held = ids.length ? await heldClaims(db, { ids }) : [];
	return new Map(held.map((claim) => [claim.id, claim.certainty]));
}

function wanted(which: Which) {
	if ('changes' in which) return inArray(claims.change, [...which.changes]);
	if ('ids' in which) return inArray(claims.id, [...which.ids]);
	return and(eq(claims.measure, which.measure), inArray(claims.key, [...which.keys]));
}

async function voicesOf(db: Db, ids: number[]): Promise<(Voice & { claim: number })[]> {
	const rows = await db
		.select({
			voice: attestations,
			source: { id: sources.id, name: sources.name, tier: sources.tier },
			item: { id: items.id, title: items.title, link: items.link },
			by: people.name
		})
		.from(attestations)
		.innerJoin(sources, eq(sources.id, attestations.source))
		.leftJoin(items, eq(items.id, attestations.item))
		.leftJoin(people, eq(people.id, attestations.person))
		.where(inArray(attestations.claim, ids))
		.orderBy(asc(attestations.id));
	return rows.map(({ voice, source, item, by }) => ({
		id: voice.id,
		claim: voice.claim,
		source,
		item,
		quote: voice.quote,
		summary: voice.summary,
		statement: voice.statement,
		asOf: voice.asOf,
		originGroup: voice.originGroup,
		by,
		at: voice.at
	}));
}

async function promotionsOf(db: Db, ids: number[]) {
	return db
		.select({
			claim: promotions.claim,
			person: promotions.person,
			instrument: {
				number: instruments.number,
				url: instruments.url,
				title: instruments.title,
				state: instruments.state
			}
		})
		.from(promotions)
		.innerJoin(instruments, eq(instruments.id, promotions.instrument))
		.where(inArray(promotions.claim, ids))
		.orderBy(asc(promotions.id));
}

/** A contradiction counts for both of its claims. */
async function contradictionsOf(db: Db, ids: number[]) {
	const rows = await db
		.select()
		.from(contradictions)
		.where(or(inArray(contradictions.claim, ids), inArray(contradictions.other, ids)));
	const others = [...new Set(rows.flatMap((row) => [row.claim, row.other]))];
	const named = others.length
		? await db
				.select({ id: claims.id, key: claims.key, paraphrase: claims.paraphrase })
				.from(claims)
				.where(inArray(claims.id, others))
		: [];
	const byId = new Map(named.map((row) => [row.id, row]));
	return rows.flatMap(({ claim, other, reason }) => [
		{ claim, by: { key: byId.get(other)!.key, paraphrase: byId.get(other)!.paraphrase, reason } },
		{ claim: other, by: { key: byId.get(claim)!.key, paraphrase: byId.get(claim)!.paraphrase, reason } }
	]);
}

async function keysOf(db: Db, ids: number[]): Promise<Map<number, string>> {
	if (!ids.length) return new Map();
	const rows = await db
		.select({ id: claims.id, key: claims.key })
		.from(claims)
		.where(inArray(claims.id, ids));
	return new Map(rows.map((row) => [row.id, row.key]));
}

function grouped<Row extends { claim: number }>(rows: Row[]): Map<number, Row[]> {
	const groups = new Map<number, Row[]>();
	for (const row of rows) groups.set(row.claim, [...(groups.get(row.claim) ?? []), row]);
	return groups;
}
