import { asc, eq, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { people } from '../people/tables.ts';
import { categories } from '../rules/tables.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { violated, type Db } from '#lib/server/db/db.ts';
import type { LocalizedText } from '#lib/words/words.ts';
import { productValues } from './form-values.ts';
import type { ProductDetails } from './product-form.ts';
import { products } from './tables.ts';

export interface ProductRow extends Omit<typeof products.$inferSelect, 'createdAt' | 'notElectronicBy'> {
	categoryNames: LocalizedText;
	/** Who recorded that it is no electronic component. */
	notElectronicBy: string | null;
}

/** @throws Refusal 404 */
export async function readProduct(db: Db, sku: string): Promise<ProductRow> {
	const [row] = await db
		.select({ product: products, categoryNames: categories.names, by: people.name })
		.from(products)
		.innerJoin(categories, eq(categories.code, products.category))
		.leftJoin(people, eq(people.id, products.notElectronicBy))
		.where(eq(products.sku, sku));
	if (!row) throw notFound('noun.product');
	const { createdAt: _created, ...product } = row.product;
	return { ...product, categoryNames: row.categoryNames, notElectronicBy: row.by };
}

/** Categories to choose from, in their order. */
export async function categoryChoices(db: Db): Promise<{ code: string; names: LocalizedText }[]> {
	return db
		.select({ code: categories.code, names: categories.names })
		.from(categories)
		.orderBy(asc(categories.position), asc(categories.code));
}

/** Writes a product. Call it in a transaction. @throws Refusal 400 beside the field, 403 */
export async function insertProduct(tx: Db, by: Person | null, details: ProductDetails): Promise<number> {
	const person = editor(by);
	if (details.notElectronic) needReason(details.reason);
	await needCategory(tx, details.category);
	const { reason, notElectronic, ...columns } = details;
	const said = notElectronic ? { notElectronicBy: person.id, notElectronicAt: sql`now()` } : {};
	const id = await named(details.sku, async () => {
		const [row] = await tx
			.insert(products)
			.values({ ...columns, ...said } as typeof products.$inferInsert)
			.returning({ id: products.id });
		return row!.id;
	});
	const data = { sku: details.sku, ...(notElectronic ? { notElectronic, words: reason } : {}) };
	await record(tx, { person: person.id, deed: 'product.created', subject: 'product', subjectId: id, data });
	return id;
}

/**
 * Changes a product of the version the person looked at. Call it in a transaction that judges its orders again.
 * @returns its id @throws Refusal 400, 403, 404, 412 with both versions
 */
export async function updateProduct(
	tx: Db,
	by: Person | null,
	sku: string,
	version: number,
	details: ProductDetails
): Promise<number> {
	const person = editor(by);
	await tx.select({ id: products.id }).from(products).where(eq(products.sku, sku)).for('update');
	const before = await readProduct(tx, sku);
	if (before.version !== version) throw stale(productValues(before));
	await needCategory(tx, details.category);
	const recorded = before.notElectronicAt !== null;
	const turns = details.notElectronic !== recorded;
	if (turns) needReason(details.reason);
	const { reason, notElectronic, ...columns } = details;
	const said = turns
		? {
				notElectronicBy: notElectronic ? person.id : null,
				notElectronicAt: notElectronic ? sql`now()` : null
			}
		: {};
	await named(details.sku, () =>
		tx
			.update(products)
			.set({ ...columns, ...said, version: version + 1 })
			.where(eq(products.id, before.id))
	);
	await record(tx, {
		...{ person: person.id, deed: 'product.changed' as const, subject: 'product', subjectId: before.id },
		data: {
			sku: details.sku,
			what: turns ? (notElectronic ? 'not_electronic' : 'electronic') : 'facts',
			words: turns ? reason : '',
			category: [before.category, details.category]
		}
	});
	return before.id;
}

async function needCategory(tx: Db, code: string): Promise<void> {
	const [row] = await tx.select({ code: categories.code }).from(categories).where(eq(categories.code, code));
	if (!row) throw wrong({ category: { key: 'form.field_wrong' } });
}

function needReason(reason: string): void {
	if (reason.length < 3) throw wrong({ reason: { key: 'products.form.reason_needed' } });
}

async function named<T>(sku: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (violated(error) !== 'products_sku') throw error;
		throw wrong({ sku: { key: 'products.form.sku_taken', args: { sku } } });
	}
}

function wrong(fields: Refusal['fields']): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields });
}

function editor(by: Person | null): Person {
	const refusal = whyNot(by, 'product.edit');
	if (!by || refusal) throw new Refusal(refusal ?? 'refusal.sign_in', { status: by ? 403 : 401 });
	return by;
}
