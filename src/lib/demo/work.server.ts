import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { record, type Happened } from '../activity/activity.server.ts';
import { checklistItems } from '../checklists/tables.ts';
import { playbookItems } from '../changes/tables.ts';
import { evidence, evidenceProducts, evidenceRevisions } from '../evidence/tables.ts';
import type { EvidenceType } from '../evidence/types.ts';
import { orders, products } from '../orders/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { addDays } from '#lib/time.ts';
import type { Cast } from './demo.server.ts';
import orderRows from './orders.json' with { type: 'json' };
import productRows from './products.json' with { type: 'json' };

type Row = {
	item: typeof checklistItems.$inferSelect;
	title: typeof playbookItems.$inferSelect.title;
	evidenceType: string;
	number: string;
	stage: string;
	sku: string | null;
};
type State = 'accepted' | 'prepared' | 'returned';

/** Optional items that a quotation, a confirmed order and one in production have behind them in the demo. */
const doneBy: Record<string, string[]> = {
	quotation: ['S2', 'M1', 'P2'],
	order_confirmation: ['S3', 'S4', 'K1', 'M2'],
	production: ['S3', 'S4', 'K1', 'M2', 'P1', 'P3']
};
/** Left open so that the to-do lists have something real to show. */
const leftOpen = new Set(['DEMO-VN-004 K1', 'DEMO-VN-006 S3', 'DEMO-VN-006 M2', 'DEMO-VN-002 S4']);

/** The work the demo's people have done: evidence, and who prepared, accepted or sent back which item when. */
export async function loadWork(tx: Db, people: Cast): Promise<void> {
	const rows = await tx
		.select({
			item: checklistItems,
			title: playbookItems.title,
			evidenceType: playbookItems.evidenceType,
			number: orders.number,
			stage: orders.stage,
			sku: products.sku
		})
		.from(checklistItems)
		.innerJoin(playbookItems, eq(playbookItems.id, checklistItems.playbookItem))
		.innerJoin(orders, eq(orders.id, checklistItems.order))
		.leftJoin(products, eq(products.id, checklistItems.product))
		.where(and(isNotNull(checklistItems.order)))
		.orderBy(asc(checklistItems.id));
	const roots = new Map<string, { item: number; revision: number | null }>();
	const happened: Happened[] = [];
	for (const row of rows) {
		const state = stateOf(row);
		if (!state) continue;
		const thing = row.item.product ? `${row.item.key} ${row.item.product}` : `${row.item.key} ${row.item.id}`;
		const root = roots.get(thing);
		const revision = root ? root.revision : await proofOf(tx, row, people);
		happened.push(...(await apply(tx, row, state, people, { carriedFrom: root?.item ?? null, revision })));
		if (!root) roots.set(thing, { item: row.item.id, revision });
	}
	// Histories are read by id, so what happened first is written first.
	await record(
		tx,
		happened.sort((a, b) => a.at!.getTime() - b.at!.getTime())
	);
}

function stateOf({ item, number, sku, stage }: Row): State | null {
	const product = productRows.find((candidate) => candidate.sku === sku);
	const order = orderRows.find((candidate) => candidate.number === number)!;
	const said = (product?.itemStates as Record<string, string> | undefined)?.[item.key];
	const own = (order.items as Record<string, string>)[item.key];
	const state = said ?? own;
	if (state) return state === 'open' ? null : (state as State);
	const optional = [...doneBy.quotation!, ...(doneBy[stage] ?? [])];
	return optional.includes(item.key) && !leftOpen.has(`${number} ${item.key}`) ? 'accepted' : null;
}

/** When it was prepared: each team has its day, so that histories read like a week of work. */
const preparedAt: Record<string, string> = {
	sales: '2026-11-03T08:20:00Z',
	documentation: '2026-11-12T03:05:00Z',
	customs: '2026-11-18T07:40:00Z',
	website: '2026-11-13T06:30:00Z'
};

async function apply(
	tx: Db,
	{ item, title, sku }: Row,
	state: State,
	people: Cast,
	{ carriedFrom, revision }: { carriedFrom: number | null; revision: { id: number } | number | null }
): Promise<Happened[]> {
	const preparer = people[item.team] ?? people.compliance!;
	const accepter = item.secondPerson ? people.lead! : preparer;
	const prepared = new Date(preparedAt[item.team] ?? preparedAt.sales!);
	const decided = new Date(prepared.getTime() + (item.secondPerson ? 26 : 0) * 3_600_000);
	const proof = typeof revision === 'number' ? await revisionById(tx, revision) : null;
	await tx
		.update(checklistItems)
		.set({
			...{ state, preparedBy: preparer, preparedAt: prepared, carriedFrom },
			...(state === 'accepted' ? { acceptedBy: accepter, acceptedAt: decided } : {}),
			...(state === 'returned' ? returned(item.key, accepter, decided) : {}),
			...{ evidenceRevision: proof?.id ?? null, validFrom: proof?.validFrom, validUntil: proof?.validUntil },
			doneHash: item.askedHash,
			carriesUntil: item.covers === 'importer_place' ? addDays('2026-11-18', 30) : null
		})
		.where(eq(checklistItems.id, item.id));
	const about = { subject: 'checklist_item', subjectId: item.id, order: item.order };
	const data = { item: item.key, title, sku, orders: 1 };
	const told: Happened[] = [{ ...about, at: prepared, person: preparer, deed: 'checklist.prepared', data }];
	if (state === 'returned' || (state === 'accepted' && item.secondPerson)) {
		told.push({ ...about, at: decided, person: accepter, deed: `checklist.${state}`, data });
	}
	return told;
}

function returned(key: string, by: number, at: Date) {
	const reason =
		key === 'W2'
			? 'The link ends at a sign-in page: nobody outside can open the statement.'
			: 'The statement lists another model (QL-CN-40F). Ask the verifier for one that names QL-CN-40P.';
	return { returnedBy: by, returnedAt: at, reason };
}

async function revisionById(tx: Db, id: number) {
	const [row] = await tx
		.select()
		.from(evidenceRevisions)
		.where(inArray(evidenceRevisions.id, [id]));
	return row!;
}

/** The evidence behind an item, made once for a product; the declared values are the demo product's. */
async function proofOf(tx: Db, row: Row, people: Cast): Promise<number | null> {
	const { item, number } = row;
	if (item.key === 'K2') return reply(tx, row, people);
	const product = productRows.find((candidate) => candidate.sku === row.sku);
	if (!product || !item.condition || item.team !== 'documentation') return null;
	const statement = item.condition === 'statement' ? product.statement : null;
	const day = statement?.issuedOn ?? '2026-11-09';
	const page = `https://www.quanlan-demo.example/${item.condition}/${product.sku.toLowerCase()}`;
	return add(tx, {
		type: row.evidenceType as EvidenceType,
		title: `${product.sku} · ${statement?.statementNumber ?? (item.condition === 'footprint' ? 'PCF 2025' : `${number} map`)}`,
		product: item.product,
		url: statement?.url ?? page,
		evidenceOn: day,
		at: new Date(preparedAt.documentation!),
		validFrom: statement?.validFrom ?? null,
		validUntil: statement?.validUntil ?? null,
		declared: (statement ??
			(item.condition === 'footprint' ? product.pcf : { materials: product.bom })) as never,
		person: people.documentation!
	});
}

async function reply(tx: Db, { item, number }: Row, people: Cast): Promise<number> {
	return add(tx, {
		type: 'reply',
		title: `Broker's reply for ${number} (fictional)`,
		importer: item.importer,
		place: item.place,
		note: 'The broker names the customs office and says that no list of materials has been published there so far.',
		evidenceOn: '2026-11-18',
		at: new Date(preparedAt.customs!),
		person: people.customs!
	});
}

async function add(
	tx: Db,
	about: {
		type: EvidenceType;
		title: string;
		product?: number | null;
		importer?: number | null;
		place?: string | null;
		person: number;
	} & Omit<typeof evidenceRevisions.$inferInsert, 'evidence' | 'number' | 'person'>
): Promise<number> {
	const { type, title, product, importer, place, person, ...revision } = about;
	const [made] = await tx
		.insert(evidence)
		.values({
			type,
			title,
			covers: product ? 'product' : 'importer_place',
			importer,
			place,
			createdBy: person
		})
		.returning({ id: evidence.id });
	if (product) await tx.insert(evidenceProducts).values({ evidence: made!.id, product });
	const [row] = await tx
		.insert(evidenceRevisions)
		.values({ ...revision, evidence: made!.id, number: 1, person })
		.returning({ id: evidenceRevisions.id });
	return row!.id;
}
