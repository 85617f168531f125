import { asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { history } from '../activity/activity.server.ts';
import { sentenceOf } from '../activity/sentence.ts';
import { playbookItems } from '../changes/tables.ts';
import { checklistItems } from '../checklists/tables.ts';
import { importers, orders, products } from '../orders/tables.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { people } from '../people/tables.ts';
import { places } from '../rules/tables.ts';
import { notFound } from '#lib/refusal.ts';
import { rows, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { MessageKey, Words } from '#lib/words/words.ts';
import type { EvidenceRow, LibraryFilters, ShownEvidence } from './library.ts';
import { evidence, evidenceProducts, evidenceRevisions } from './tables.ts';
import { declaredValues, type DeclaredValue } from './types.ts';
import { validityOn } from './validity.ts';

const pageSize = 50;

/**
 * The library, newest first, in one query. A piece is `expires_before` when an open order that rests on it is judged on
 * a later day than its last one.
 */
export async function listEvidence(
	db: Db,
	words: Words,
	filters: LibraryFilters,
	today: PlainDate,
	limit = pageSize
): Promise<{ rows: EvidenceRow[]; next: number | null }> {
	const found = rows<Omit<EvidenceRow, 'about'> & { skus: string[] | null; about: string | null }>(
		await db.execute(sql`
		select * from (
			select e.id, e.type, e.title, e.covers, newest.valid_until::text as "validUntil",
				newest.evidence_on::text as "evidenceOn", person.name as by,
				(select jsonb_agg(p.sku order by p.sku) from evidence_products covered
					join products p on p.id = covered.product_id where covered.evidence_id = e.id) as skus,
				coalesce(importer.name, covered_order.number) as about, used.orders,
				case when newest.valid_until < ${today}::date then 'expired'
					when newest.valid_until < used.latest then 'expires_before' else 'valid' end as state
			from evidence e
			join lateral (select * from evidence_revisions r where r.evidence_id = e.id order by r.number desc limit 1)
				newest on true
			join people person on person.id = newest.person_id
			left join importers importer on importer.id = e.importer_id
			left join orders covered_order on covered_order.id = e.order_id
			left join lateral (
				select count(distinct o.id)::int as orders, max(coalesce(o.declaration_on, o.eta)) as latest
				from evidence_revisions r
				join checklist_items item on item.evidence_revision_id = r.id and item.no_longer_asked_at is null
				join orders o on o.id = item.order_id and o.closed_at is null
				where r.evidence_id = e.id) used on true
			${where(filters)}
		) library
		${filters.state ? sql`where library.state = ${filters.state}` : sql``}
		order by library.id desc
		limit ${limit + 1}`)
	);
	const shown = found
		.slice(0, limit)
		.map(({ skus, about, ...row }) => ({ ...row, about: about ?? words.list(skus ?? []) }));
	return { rows: shown, next: found.length > limit ? shown.at(-1)!.id : null };
}

/** Products that have evidence, for the filter. */
export async function coveredProducts(db: Db): Promise<string[]> {
	const found = await db
		.selectDistinct({ sku: products.sku })
		.from(evidenceProducts)
		.innerJoin(products, eq(products.id, evidenceProducts.product))
		.orderBy(asc(products.sku))
		.limit(300);
	return found.map((row) => row.sku);
}

/** One piece of evidence with all its revisions and what rests on it. @throws Refusal 404 */
export async function readEvidence(
	db: Db,
	person: Person | null,
	words: Words,
	id: number,
	today: PlainDate
): Promise<ShownEvidence> {
	const [row] = await db
		.select({
			evidence,
			importer: importers.name,
			place: places.names,
			order: orders.number,
			products: sql<
				string[] | null
			>`(select jsonb_agg(${products.sku} order by ${products.sku}) from ${evidenceProducts}
				join ${products} on ${products.id} = ${evidenceProducts.product}
				where ${evidenceProducts.evidence} = ${evidence.id})`
		})
		.from(evidence)
		.leftJoin(importers, eq(importers.id, evidence.importer))
		.leftJoin(places, eq(places.key, evidence.place))
		.leftJoin(orders, eq(orders.id, evidence.order))
		.where(eq(evidence.id, id));
	if (!row) throw notFound('noun.evidence');
	const [revisions, uses, deeds] = await Promise.all([
		revisionsOf(db, id),
		usesOf(db, words, id),
		history(db, { subject: 'evidence', subjectId: id, limit: 50 })
	]);
	const refusal = whyNot(person, 'evidence.add');
	return {
		id,
		version: row.evidence.version,
		type: row.evidence.type,
		title: row.evidence.title,
		covers: row.evidence.covers,
		products: row.products ?? [],
		importer: row.importer,
		place: words.name(row.place) || null,
		order: row.order,
		revisions: revisions.map(({ revision, by }) => ({
			...{ id: revision.id, evidence: id, title: row.evidence.title, number: revision.number },
			newest: revisions[0]!.revision.number,
			file: revision.sha256
				? {
						sha256: revision.sha256,
						name: revision.fileName ?? '',
						mediaType: revision.mediaType ?? '',
						size: revision.size ?? 0
					}
				: null,
			...{ url: revision.url, note: revision.note, evidenceOn: revision.evidenceOn },
			...{ validFrom: revision.validFrom, validUntil: revision.validUntil },
			validity: validityOn(revision, today, today),
			declared: declaredIn(words, revision.declared),
			...{ by, at: revision.at }
		})),
		uses,
		history: deeds.map((deed) => ({ id: deed.id, at: deed.at, text: sentenceOf(deed, words) })),
		whyNotRevise: refusal && words.t(refusal)
	};
}

/** The file of a revision by its hash: its name and kind, or null when no evidence has it. */
export async function fileOfEvidence(
	db: Db,
	sha256: string
): Promise<{ name: string; mediaType: string; size: number } | null> {
	const [found] = await db
		.select({
			name: evidenceRevisions.fileName,
			mediaType: evidenceRevisions.mediaType,
			size: evidenceRevisions.size
		})
		.from(evidenceRevisions)
		.where(eq(evidenceRevisions.sha256, sha256))
		.orderBy(desc(evidenceRevisions.id))
		.limit(1);
	if (!found) return null;
	return {
		name: found.name ?? sha256.slice(0, 12),
		mediaType: found.mediaType ?? 'application/octet-stream',
		size: found.size ?? 0
	};
}

function where({ search, type, product, before }: LibraryFilters): SQL {
	const parts: SQL[] = [sql`true`];
	if (before) parts.push(sql`e.id < ${before}`);
	if (type) parts.push(sql`e.type = ${type}`);
	if (product)
		parts.push(sql`exists (select 1 from evidence_products covered join products p on p.id = covered.product_id
			where covered.evidence_id = e.id and p.sku = ${product})`);
	if (search) {
		const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
		parts.push(sql`(e.title ilike ${like} or newest.file_name ilike ${like} or newest.url ilike ${like}
			or newest.note ilike ${like} or importer.name ilike ${like} or covered_order.number ilike ${like})`);
	}
	return sql`where ${sql.join(parts, sql` and `)}`;
}

async function revisionsOf(db: Db, id: number) {
	return db
		.select({ revision: evidenceRevisions, by: people.name })
		.from(evidenceRevisions)
		.innerJoin(people, eq(people.id, evidenceRevisions.person))
		.where(eq(evidenceRevisions.evidence, id))
		.orderBy(desc(evidenceRevisions.number));
}

async function usesOf(db: Db, words: Words, id: number): Promise<ShownEvidence['uses']> {
	const found = await db
		.select({
			item: checklistItems.id,
			title: playbookItems.title,
			order: orders.number,
			revision: evidenceRevisions.number,
			state: checklistItems.state
		})
		.from(checklistItems)
		.innerJoin(evidenceRevisions, eq(evidenceRevisions.id, checklistItems.evidenceRevision))
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.leftJoin(orders, eq(orders.id, checklistItems.order))
		.where(eq(evidenceRevisions.evidence, id))
		.orderBy(asc(orders.number), asc(checklistItems.id))
		.limit(200);
	return found.map((use) => ({ ...use, title: words.name(use.title) }));
}

/** Declared values that people read: known names in their words, plain values only. */
function declaredIn(words: Words, declared: Record<string, unknown>): { name: string; value: string }[] {
	return declaredValues.flatMap((name: DeclaredValue) => {
		const value = declared[name];
		const text = Array.isArray(value) ? words.list(value.map(String)) : value;
		if (typeof text !== 'string' && typeof text !== 'number') return [];
		return [{ name: words.t(`declared.${name}` as MessageKey), value: String(text) }];
	});
}
