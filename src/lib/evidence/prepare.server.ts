import { and, eq, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { playbookItems } from '../changes/tables.ts';
import type { Covers } from '../changes/words.ts';
import { prepareItem, type DeedOn, type Done } from '../checklists/deeds.server.ts';
import { checklistItems } from '../checklists/tables.ts';
import { importers, orders, products } from '../orders/tables.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { addDays, type PlainDate } from '#lib/time.ts';
import { declaredFor, insistOnProof, titled, type Proof } from './proof.ts';
import { evidence, evidenceProducts, evidenceRevisions } from './tables.ts';
import type { EvidenceType } from './types.ts';
import { lastDay } from './validity.ts';

/** A new proof, or a revision that is here already ("use what we have"). */
export type Preparation = { reuse: number } | Proof;

export interface PreparedWith extends Done {
	/** The revision it rests on now; null: a note alone. */
	revision: number | null;
}

/** What an item asks proof of, and the thing that proof has to cover. */
export interface AskedOf {
	covers: Covers;
	type: EvidenceType;
	validForDays: number | null;
	product: number | null;
	importer: number | null;
	place: string | null;
	order: number | null;
	/** What the thing is called: a product's SKU, an importer, an order's number. */
	thing: string;
}

/**
 * Prepares an item: keeps the proof, or takes a revision that is here already, and completes every open box the work
 * serves, in one transaction. A file is in storage before this is called.
 * @throws Refusal 400 beside the field, 403, 404, 409, 412 with the item as it is now
 */
export async function prepare(
	db: Db,
	person: Person,
	item: number,
	given: Preparation,
	deed: DeedOn
): Promise<PreparedWith> {
	return transact(db, async (tx) => {
		const asked = await askedOf(tx, item);
		const held =
			'reuse' in given
				? await revisionFor(tx, asked, given.reuse, deed.on)
				: await proofFor(tx, person, asked, given, deed.on);
		const note = 'reuse' in given ? null : noteOf(asked, given);
		const carriesUntil =
			held && asked.validForDays !== null ? addDays(held.evidenceOn, asked.validForDays) : null;
		const done = await prepareItem(tx, person, item, { revision: held, note, carriesUntil }, deed);
		return { ...done, revision: held?.id ?? null };
	});
}

/** @throws Refusal 404 */
export async function askedOf(db: Db, item: number): Promise<AskedOf> {
	const [asked] = await db
		.select({
			covers: checklistItems.covers,
			type: sql<EvidenceType>`${playbookItems.evidenceType}`,
			validForDays: playbookItems.validForDays,
			product: checklistItems.product,
			importer: checklistItems.importer,
			place: checklistItems.place,
			order: checklistItems.order,
			thing: sql<string>`case ${checklistItems.covers} when 'product' then ${products.sku}
				when 'importer_place' then ${importers.name} else coalesce(${orders.number}, '') end`
		})
		.from(checklistItems)
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.leftJoin(products, eq(products.id, checklistItems.product))
		.leftJoin(importers, eq(importers.id, checklistItems.importer))
		.leftJoin(orders, eq(orders.id, checklistItems.order))
		.where(eq(checklistItems.id, item));
	if (!asked) throw notFound('noun.checklist_item');
	return asked;
}

type Revision = typeof evidenceRevisions.$inferSelect;

/** Evidence that covers the very thing an item is about. */
export function coveringThe(asked: AskedOf) {
	const covered = {
		product: sql`exists (select 1 from ${evidenceProducts} where ${evidenceProducts.evidence} = ${evidence.id}
			and ${evidenceProducts.product} = ${asked.product})`,
		importer_place: and(eq(evidence.importer, asked.importer ?? 0), eq(evidence.place, asked.place ?? '')),
		order: eq(evidence.order, asked.order ?? 0),
		measure: sql`false`
	} satisfies Record<Covers, unknown>;
	return and(eq(evidence.type, asked.type), covered[asked.covers])!;
}

async function revisionFor(tx: Db, asked: AskedOf, id: number, on: PlainDate): Promise<Revision> {
	const [found] = await tx
		.select({ revision: evidenceRevisions })
		.from(evidenceRevisions)
		.innerJoin(evidence, eq(evidence.id, evidenceRevisions.evidence))
		.where(and(eq(evidenceRevisions.id, id), coveringThe(asked)));
	if (!found)
		throw new Refusal('evidence.refusal.covers_other', { status: 409, args: { thing: asked.thing } });
	const until = lastDay(found.revision, asked.validForDays);
	if (until !== null && until < on) throw new Refusal('evidence.refusal.expired', { status: 409 });
	return found.revision;
}

async function proofFor(
	tx: Db,
	person: Person,
	asked: AskedOf,
	proof: Proof,
	on: PlainDate
): Promise<Revision | null> {
	insistOnProof(proof, asked.type, on);
	if (asked.covers === 'measure') {
		if (!proof.file) return null;
		throw new Refusal('form.check_fields', {
			status: 400,
			fields: { file: { key: 'evidence.refusal.no_file_here' } }
		});
	}
	const justWords = !proof.file && !proof.url;
	if (justWords && asked.type === 'document' && asked.validForDays === null) return null;
	return addEvidence(tx, person, asked, declaredFor(asked.type, proof), on);
}

/** What is done for no order has no evidence of its own: the link stands in the note. */
function noteOf(asked: AskedOf, proof: Proof): string | null {
	if (asked.covers !== 'measure') return proof.note;
	return [proof.note, proof.url].filter(Boolean).join('\n') || null;
}

export async function addEvidence(
	tx: Db,
	person: Person,
	asked: AskedOf,
	proof: Proof,
	on: PlainDate
): Promise<Revision> {
	const title = titled(asked.thing, proof);
	const [made] = await tx
		.insert(evidence)
		.values({
			type: asked.type,
			title,
			covers: asked.covers === 'measure' ? 'order' : asked.covers,
			importer: asked.covers === 'importer_place' ? asked.importer : null,
			place: asked.covers === 'importer_place' ? asked.place : null,
			order: asked.covers === 'order' ? asked.order : null,
			createdBy: person.id
		})
		.returning({ id: evidence.id });
	if (asked.covers === 'product')
		await tx.insert(evidenceProducts).values({ evidence: made!.id, product: asked.product! });
	const revision = await addRow(tx, person, made!.id, 1, proof, on);
	await record(tx, {
		person: person.id,
		deed: 'evidence.added',
		subject: 'evidence',
		subjectId: made!.id,
		order: asked.order,
		data: { name: title, revision: revision.id, sha256: revision.sha256 }
	});
	return revision;
}

/** Writes one immutable revision. */
export async function addRow(
	tx: Db,
	person: Person,
	id: number,
	number: number,
	proof: Proof,
	on: PlainDate
): Promise<Revision> {
	const [row] = await tx
		.insert(evidenceRevisions)
		.values({
			...{ evidence: id, number, person: person.id },
			sha256: proof.file?.sha256 ?? null,
			fileName: proof.file?.name ?? null,
			mediaType: proof.file?.mediaType ?? null,
			size: proof.file?.size ?? null,
			url: proof.url,
			note: proof.note,
			evidenceOn: proof.evidenceOn ?? on,
			validFrom: proof.validFrom,
			validUntil: proof.validUntil,
			declared: proof.declared
		})
		.returning();
	return row!;
}
