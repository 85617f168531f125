import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { proofOf, type Proof } from '#lib/evidence/proof.ts';
import { ProofForm } from '#lib/evidence/forms.ts';
import { evidence, evidenceProducts, evidenceRevisions } from '#lib/evidence/tables.ts';
import type { EvidenceType } from '#lib/evidence/types.ts';
import { importers, orders, products } from '#lib/orders/tables.ts';
import { people } from '#lib/people/tables.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { checked } from '#lib/server/web/api.server.ts';
import type { Upload } from '#lib/server/web/upload.server.ts';
import type { Given } from './endpoint.server.ts';
import type { Evidence, ProofIn, Revision } from './evidence.ts';
import { instant, pageOf } from './shapes.ts';

/** The proof of a request, through the same form as the pages'. @throws Refusal 400 beside the field */
export function proofFrom(given: ProofIn, file: Upload | null): Proof {
	const { link, note, evidenceOn, validFrom, validUntil, declared } = given;
	const read = Object.fromEntries(
		Object.entries(declared ?? {}).map(([name, value]) => [`declared_${name}`, value])
	);
	return proofOf(checked(ProofForm, { link, note, evidenceOn, validFrom, validUntil, ...read }), file);
}

type RevisionRow = typeof evidenceRevisions.$inferSelect;

function shownRevision(row: RevisionRow, by: string): z.output<typeof Revision> {
	const { id, number, url: link, note, evidenceOn, validFrom, validUntil, declared } = row;
	const file = row.sha256 && {
		name: row.fileName ?? row.sha256.slice(0, 12),
		mediaType: row.mediaType ?? 'application/octet-stream',
		size: row.size ?? 0,
		sha256: row.sha256,
		href: `/files/${row.sha256}`
	};
	return {
		...{ id, version: 1, number, file: file || null, link, note },
		...{ evidenceOn, validFrom, validUntil, declared, by, at: instant(row.at) }
	};
}

/** @throws Refusal 404 */
export async function revisionPage(
	db: Db,
	id: number,
	{ limit, cursor }: { limit: number; cursor?: number | undefined }
) {
	await evidenceAs(db, id);
	const rows = await db
		.select({ revision: evidenceRevisions, by: people.name })
		.from(evidenceRevisions)
		.innerJoin(people, eq(people.id, evidenceRevisions.person))
		.where(and(eq(evidenceRevisions.evidence, id), cursor ? lt(evidenceRevisions.number, cursor) : undefined))
		.orderBy(desc(evidenceRevisions.number))
		.limit(limit + 1);
	return pageOf(
		rows,
		limit,
		({ revision }) => revision.number,
		({ revision, by }) => shownRevision(revision, by)
	);
}

/** @throws Refusal 404 */
export async function evidenceAs(db: Db, id: number): Promise<z.output<typeof Evidence>> {
	const [found] = await select(db, [eq(evidence.id, id)], 1);
	if (!found) throw notFound('noun.evidence');
	return found;
}

export function evidenceNow({ db, id }: Given) {
	return evidenceAs(db, id());
}

export interface EvidenceQuery {
	limit: number;
	cursor?: number | undefined;
	type?: EvidenceType | undefined;
	product?: string | undefined;
	order?: string | undefined;
}

/** Newest first. */
export async function evidencePage(db: Db, { limit, cursor, type, product, order }: EvidenceQuery) {
	const where: SQL[] = [];
	if (cursor) where.push(lt(evidence.id, cursor));
	if (type) where.push(eq(evidence.type, type));
	if (order) where.push(eq(orders.number, order));
	if (product)
		where.push(sql`exists (select 1 from ${evidenceProducts} join ${products} on ${products.id} = ${evidenceProducts.product}
			where ${evidenceProducts.evidence} = ${evidence.id} and ${products.sku} = ${product})`);
	return pageOf(
		await select(db, where, limit + 1),
		limit,
		({ id }) => id,
		(row) => row
	);
}

async function select(db: Db, where: SQL[], limit: number): Promise<z.output<typeof Evidence>[]> {
	const newest = db
		.selectDistinctOn([evidenceRevisions.evidence])
		.from(evidenceRevisions)
		.orderBy(evidenceRevisions.evidence, desc(evidenceRevisions.number))
		.as('newest');
	const rows = await db
		.select({
			evidence,
			createdBy: people.name,
			importer: importers.name,
			order: orders.number,
			products: sql<
				string[]
			>`(select coalesce(jsonb_agg(${products.sku} order by ${products.sku}), '[]'::jsonb)
				from ${evidenceProducts} join ${products} on ${products.id} = ${evidenceProducts.product}
				where ${evidenceProducts.evidence} = ${evidence.id})`,
			newest: newest.id
		})
		.from(evidence)
		.innerJoin(people, eq(people.id, evidence.createdBy))
		.innerJoin(newest, eq(newest.evidence, evidence.id))
		.leftJoin(importers, eq(importers.id, evidence.importer))
		.leftJoin(orders, eq(orders.id, evidence.order))
		.where(and(...where))
		.orderBy(desc(evidence.id))
		.limit(limit);
	const revisions = await revisionsCalled(
		db,
		rows.map((row) => row.newest)
	);
	return rows.map(
		({ evidence: { id, version, type, title, covers, place, createdAt }, newest: last, ...about }) => ({
			...{ id, version, type, title, covers, place, createdAt: instant(createdAt), ...about },
			newest: revisions.get(last)!
		})
	);
}

async function revisionsCalled(db: Db, ids: number[]): Promise<Map<number, z.output<typeof Revision>>> {
	const rows = await db
		.select({ revision: evidenceRevisions, by: people.name })
		.from(evidenceRevisions)
		.innerJoin(people, eq(people.id, evidenceRevisions.person))
		.where(
			sql`${evidenceRevisions.id} in (select value::int from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
		);
	return new Map(rows.map(({ revision, by }) => [revision.id, shownRevision(revision, by)]));
}
