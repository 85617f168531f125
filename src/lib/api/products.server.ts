import { and, asc, eq, gt, ilike } from 'drizzle-orm';
import type { z } from 'zod';
import { changeProduct, createProduct } from '#lib/checklists/order-deeds.server.ts';
import { productValues } from '#lib/orders/form-values.ts';
import { ProductForm } from '#lib/orders/product-form.ts';
import { readProduct, type ProductRow } from '#lib/orders/products.server.ts';
import { products } from '#lib/orders/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { categories } from '#lib/rules/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { checked } from '#lib/server/web/api.server.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Given } from './endpoint.server.ts';
import type { Product, ProductPatch } from './products.ts';
import { instant, pageOf, text } from './shapes.ts';

type Read = Pick<
	ProductRow,
	| 'id'
	| 'version'
	| 'sku'
	| 'names'
	| 'category'
	| 'categoryNames'
	| 'hsCode'
	| 'gtin'
	| 'notElectronicBy'
	| 'notElectronicAt'
>;

function shownProduct(row: Read): z.output<typeof Product> {
	const { id, version, sku, names, category, categoryNames, hsCode, gtin, notElectronicAt } = row;
	return {
		...{ id, version, sku, names: text(names), category, categoryNames: text(categoryNames), hsCode, gtin },
		notElectronic: notElectronicAt && { by: row.notElectronicBy, at: instant(notElectronicAt) }
	};
}

/** @throws Refusal 404 */
export async function productAs(db: Db, sku: string): Promise<z.output<typeof Product>> {
	return shownProduct(await readProduct(db, sku));
}

export function productNow({ db, param }: Given) {
	return productAs(db, param('sku'));
}

/** In the order in which they were added. */
export async function productPage(
	db: Db,
	{ limit, cursor, q }: { limit: number; cursor?: number | undefined; q?: string | undefined }
) {
	const like = q && `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	const rows = await db
		.select({ product: products, categoryNames: categories.names, notElectronicBy: people.name })
		.from(products)
		.innerJoin(categories, eq(categories.code, products.category))
		.leftJoin(people, eq(people.id, products.notElectronicBy))
		.where(and(cursor ? gt(products.id, cursor) : undefined, like ? ilike(products.sku, like) : undefined))
		.orderBy(asc(products.id))
		.limit(limit + 1);
	return pageOf(
		rows,
		limit,
		({ product }) => product.id,
		({ product, ...names }) => shownProduct({ ...product, ...names })
	);
}

/** @returns the SKU */
export async function startProduct(db: Db, person: Person, start: ProductPatch): Promise<string> {
	const details = checked(ProductForm, typedFrom(start, {}));
	await createProduct(db, person, details);
	return details.sku;
}

/** What is given is changed. @returns the SKU, which may be another one now */
export async function patchProduct(
	db: Db,
	person: Person,
	sku: string,
	{ version, patch }: { version: number; patch: ProductPatch },
	on: PlainDate
): Promise<string> {
	const { values } = productValues(await readProduct(db, sku));
	const details = checked(ProductForm, typedFrom(patch, values));
	await changeProduct(db, person, sku, { version, details }, on);
	return details.sku;
}

/** JSON as the texts of the form, so that one reading judges both. Languages that are not given keep their name. */
function typedFrom({ names, notElectronic, ...rest }: ProductPatch, over: Record<string, string>) {
	const typed: Record<string, string> = { ...over };
	for (const [name, value] of Object.entries(rest)) if (value !== undefined) typed[name] = value ?? '';
	if (names?.en !== undefined) typed.name_en = names.en;
	if (names?.['zh-CN'] !== undefined) typed.name_zh = names['zh-CN'];
	if (names?.vi !== undefined) typed.name_vi = names.vi;
	if (notElectronic !== undefined) typed.notElectronic = notElectronic ? 'on' : '';
	return typed;
}
