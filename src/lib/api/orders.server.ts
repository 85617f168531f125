import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { changeOrder, closeOrder, createOrder, reopenOrder } from '#lib/checklists/order-deeds.server.ts';
import { orderPage } from '#lib/checklists/order-page.server.ts';
import type { LineJudgement } from '#lib/orders/judgement.ts';
import { OrderForm } from '#lib/orders/forms.ts';
import { orderValues } from '#lib/orders/form-values.ts';
import type { OrderRow as ListRow } from '#lib/orders/list.ts';
import { readOrder, scopeNames, type ReadOrder } from '#lib/orders/read.server.ts';
import { orders } from '#lib/orders/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { Refusal } from '#lib/refusal.ts';
import { leafText, type Names } from '#lib/rules/leaf-words.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { checked } from '#lib/server/web/api.server.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import { shownBasis } from './basis.server.ts';
import type { Given } from './endpoint.server.ts';
import type { Order, OrderPatch, OrderRow } from './orders.ts';
import { exposure, money, range, text } from './shapes.ts';

type Typed = Record<string, unknown>;

/** An order and what we make of it on a day. @throws Refusal 404 */
export async function orderAs(
	db: Db,
	number: string,
	on: PlainDate,
	words: Words
): Promise<z.output<typeof Order>> {
	const { order, judgement, basis } = await orderPage(db, number, on);
	const names = await namesIn(db, words);
	const { currency } = order;
	const { applicability, readiness, mandatoryTotal, mandatoryHolding, summary, payer, holdsUntil } =
		judgement;
	const judgedLines = new Map(judgement.lines.map((line) => [line.line, line]));
	return {
		...{ id: order.id, version: order.version, number: order.number, buyer: order.buyer },
		...{ importer: order.importer, incoterm: order.incoterm, namedPlace: order.namedPlace },
		place: { key: order.place, names: text(order.placeNames) },
		...{ mode: order.mode, stage: order.stage, loadingPort: order.loadingPort },
		...{ loadingCountry: order.loadingCountry, exporterCountry: order.exporterCountry },
		...daysOf(order),
		currency,
		freight: money(order.freightMinor, currency),
		insurance: money(order.insuranceMinor, currency),
		...{ customerAsks: order.customerAsks, closed: order.closedAt !== null, pinnedRuleVersion: order.pinned },
		lines: order.lines.map((line) =>
			shownLine(line, judgedLines.get(line.id)!, currency, { words, names, on })
		),
		judgement: {
			...{ on, day: judgement.day, dayAssumed: judgement.dayAssumed, applicability, readiness },
			...{ mandatoryTotal, mandatoryHolding, blocking: summary.blockingKeys, payer, holdsUntil },
			exposure: exposure(judgement.exposure, currency),
			materials: summary.materials
		},
		basis: shownBasis(basis, on)
	};
}

function daysOf({ quotedOn, confirmedOn, productionOn, etd, eta, declarationOn }: ReadOrder) {
	return { quotedOn, confirmedOn, productionOn, etd, eta, declarationOn };
}

function shownLine(
	line: ReadOrder['lines'][number],
	judged: LineJudgement,
	currency: string,
	{ words, names, on }: { words: Words; names: Names; on: PlainDate }
): z.output<typeof Order>['lines'][number] {
	const { sku, category, quantity, originCountry } = line;
	return {
		...{ sku, names: text(line.names), category, quantity, originCountry },
		value: money(line.fobMinor, currency),
		applicability: judged.applicability,
		leaves: judged.leaves.map((leaf) => ({
			...{ leaf: leaf.leaf, truth: leaf.truth, code: leaf.because, cites: leaf.cites },
			reason: leafText(leaf, words, names, on)
		})),
		...{ bucket: judged.bucket, exposure: range(judged, currency), rate: judged.rate }
	};
}

async function namesIn(db: Db, words: Words): Promise<Names> {
	const { places, categories } = await scopeNames(db);
	const regions = new Intl.DisplayNames([words.locale], { type: 'region', fallback: 'code' });
	return {
		place: (key) => words.name(places.get(key)) || key,
		category: (code) => words.name(categories.get(code)) || code,
		country: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code)
	};
}

export function orderNow({ db, param, today, words }: Given) {
	return orderAs(db, param('number'), today, words);
}

/** Rows of the list; their versions are read beside it. */
export async function shownRows(db: Db, rows: readonly ListRow[]): Promise<z.output<typeof OrderRow>[]> {
	const ids = rows.map(({ id }) => id);
	const found = ids.length
		? await db.select({ id: orders.id, version: orders.version }).from(orders).where(inArray(orders.id, ids))
		: [];
	const versions = new Map(found.map(({ id, version }) => [id, version]));
	return rows.map(({ place, exposure: amounts, ...row }) => ({
		...row,
		version: versions.get(row.id)!,
		place: text(place),
		exposure: exposure(amounts, row.currency)
	}));
}

/** @returns the number of the order */
export async function startOrder(db: Db, person: Person, start: OrderPatch, on: PlainDate): Promise<string> {
	const details = checked(
		OrderForm,
		typedFrom(start, start.currency ?? '', { mode: 'sea', stage: 'quotation' })
	);
	await createOrder(db, person, details, on);
	return details.number;
}

/** What is given is changed, all or nothing. @returns the number, which may be another one now */
export async function patchOrder(
	db: Db,
	person: Person,
	number: string,
	{
		version,
		patch: { closed, ...fields }
	}: { version: number; patch: OrderPatch & { closed?: boolean | undefined } },
	on: PlainDate
): Promise<string> {
	return transact(db, async (tx) => {
		const before = await readOrder(tx, number);
		let at = { number, version };
		const turns = closed !== undefined && closed !== (before.closedAt !== null);
		if (turns && !closed) at = await moved(() => reopenOrder(tx, person, number, version, on), at);
		if (!turns || Object.values(fields).some((value) => value !== undefined)) {
			const details = checked(OrderForm, merged(before, fields));
			await changeOrder(tx, person, number, { version: at.version, details }, on);
			at = { number: details.number, version: at.version + 1 };
		}
		if (turns && closed) await closeOrder(tx, person, at.number, at.version);
		return at.number;
	});
}

async function moved<At extends { version: number }>(deed: () => Promise<void>, at: At): Promise<At> {
	await deed();
	return { ...at, version: at.version + 1 };
}

/** The order as its form has it, with what is given written over; `lines` replace all lines. */
function merged(before: ReadOrder, fields: OrderPatch): Typed {
	const { values } = orderValues(before);
	const kept = Object.entries(values).filter(([name]) => !fields.lines || !name.startsWith('lines.'));
	return typedFrom(fields, fields.currency ?? before.currency, Object.fromEntries(kept));
}

/** JSON as the texts of the form, so that one reading judges both. Money names its currency: the order's. */
function typedFrom(fields: OrderPatch, currency: string, over: Typed): Typed {
	const { freight, insurance, customerAsks, lines, ...rest } = fields;
	const typed: Typed = { ...over };
	for (const [name, value] of Object.entries(rest)) if (value !== undefined) typed[name] = value ?? '';
	const amount = (path: string, given: { amount: string; currency: string } | undefined) => {
		if (given && given.currency !== currency) throw otherCurrency(`${path}.currency`);
		return given?.amount ?? '';
	};
	if (freight) typed.freight = amount('freight', freight);
	if (insurance) typed.insurance = amount('insurance', insurance);
	if (customerAsks !== undefined) typed.customerAsks = customerAsks ? 'on' : '';
	if (lines)
		typed.lines = lines.map(({ sku, quantity, unitPrice, value, originCountry }, row) => ({
			...{ sku, quantity: String(quantity), originCountry: originCountry ?? '' },
			unitPrice: amount(`lines.${row}.unitPrice`, unitPrice),
			value: amount(`lines.${row}.value`, value)
		}));
	return typed;
}

function otherCurrency(path: string): Refusal {
	return new Refusal('form.check_fields', { status: 400, fields: { [path]: { key: 'api.other_currency' } } });
}
