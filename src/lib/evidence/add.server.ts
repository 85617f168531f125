import { eq } from 'drizzle-orm';
import { importers, orders, products } from '../orders/tables.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { places } from '../rules/tables.ts';
import { Refusal } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { MessageKey } from '#lib/words/words.ts';
import { addEvidence, type AskedOf } from './prepare.server.ts';
import { declaredFor, insistOnProof, type Proof } from './proof.ts';
import type { EvidenceType } from './types.ts';

/** What evidence is about: a product, an order, or an importer at a place; by SKU, number, name and place key. */
export interface About {
	product?: string | undefined;
	order?: string | undefined;
	importer?: string | undefined;
	place?: string | undefined;
}

/**
 * Keeps evidence that no item asked for yet; whoever prepares one may take it.
 * @returns its id @throws Refusal 400 beside the field, 403
 */
export async function addFor(
	db: Db,
	person: Person,
	{ type, about, proof }: { type: EvidenceType; about: About; proof: Proof },
	on: PlainDate
): Promise<number> {
	const refusal = whyNot(person, 'evidence.add');
	if (refusal) throw new Refusal(refusal, { status: 403 });
	insistOnProof(proof, type, on);
	return transact(db, async (tx) => {
		const thing = await thingOf(tx, about);
		const asked = { ...nothing, ...thing, type };
		return (await addEvidence(tx, person, asked, declaredFor(type, proof), on)).evidence;
	});
}

const nothing = { product: null, importer: null, place: null, order: null, validForDays: null };

type Thing = Pick<AskedOf, 'covers' | 'thing'> & Partial<AskedOf>;

async function thingOf(tx: Db, { product, order, importer, place }: About): Promise<Thing> {
	const given = [product, order, importer ?? place].filter((one) => one !== undefined);
	if (given.length !== 1) throw wrong('product', 'api.evidence_about_one');
	if (product !== undefined) {
		const [row] = await tx.select({ id: products.id }).from(products).where(eq(products.sku, product));
		if (!row) throw wrong('product', 'form.field_wrong');
		return { covers: 'product', product: row.id, thing: product };
	}
	if (order !== undefined) {
		const [row] = await tx.select({ id: orders.id }).from(orders).where(eq(orders.number, order));
		if (!row) throw wrong('order', 'form.field_wrong');
		return { covers: 'order', order: row.id, thing: order };
	}
	return importerAt(tx, importer ?? '', place ?? '');
}

async function importerAt(tx: Db, importer: string, place: string): Promise<Thing> {
	const [row] = await tx
		.select({ importer: importers.id, place: places.key })
		.from(importers)
		.innerJoin(places, eq(places.key, place))
		.where(eq(importers.name, importer));
	if (!row) throw wrong('importer', 'form.field_wrong');
	return { covers: 'importer_place', ...row, thing: importer };
}

function wrong(field: string, key: MessageKey): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields: { [field]: { key } } });
}
