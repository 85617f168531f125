import { z } from 'zod';
import type { PlainDate } from '#lib/time.ts';
import { readAmount, readUnitPrice } from './amounts.ts';
import {
	minorIn,
	needed,
	none,
	oneOf,
	readCountry,
	readDay,
	readNumber,
	readPort,
	type Refuse
} from './form-fields.ts';
import {
	incoterms,
	orderStages,
	transportModes,
	type Incoterm,
	type OrderStage,
	type TransportMode
} from './words.ts';

/** Currencies orders are kept in; money.ts knows their decimals. */
export const currencies = ['USD', 'CNY', 'EUR', 'VND', 'HKD', 'JPY'] as const;

export interface LineDetails {
	/** Its place in the form, which errors point at. */
	row: number;
	sku: string;
	quantity: number;
	/** In minor units of the order's currency. */
	fobMinor: number;
	originCountry: string | null;
}

/** What a person says of an order. */
export interface OrderDetails {
	number: string;
	buyer: string;
	/** Name of the importer; one that is not known yet is added. */
	importer: string;
	incoterm: Incoterm;
	namedPlace: string | null;
	/** Key of the place of entry. */
	place: string;
	mode: TransportMode;
	stage: OrderStage;
	loadingPort: string | null;
	loadingCountry: string | null;
	exporterCountry: string | null;
	quotedOn: PlainDate | null;
	confirmedOn: PlainDate | null;
	productionOn: PlainDate | null;
	etd: PlainDate | null;
	eta: PlainDate | null;
	declarationOn: PlainDate | null;
	currency: string;
	freightMinor: number;
	insuranceMinor: number;
	customerAsks: boolean;
	lines: LineDetails[];
}

export const orderDays = ['quotedOn', 'confirmedOn', 'productionOn', 'etd', 'eta', 'declarationOn'] as const;
export const mostLines = 100;
const typed = z
	.string()
	.max(500)
	.default('')
	.transform((text) => text.trim());

const Line = z.object({ sku: typed, quantity: typed, unitPrice: typed, value: typed, originCountry: typed });
type TypedLine = z.infer<typeof Line>;

const Typed = z.object({
	...{ number: typed, buyer: typed, importer: typed, incoterm: typed, namedPlace: typed, place: typed },
	...{ mode: typed, stage: typed, loadingPort: typed, loadingCountry: typed, exporterCountry: typed },
	...{
		quotedOn: typed,
		confirmedOn: typed,
		productionOn: typed,
		etd: typed,
		eta: typed,
		declarationOn: typed
	},
	...{ currency: typed, freight: typed, insurance: typed, customerAsks: typed },
	lines: z.array(Line).max(mostLines).default([])
});
type TypedOrder = z.infer<typeof Typed>;

/**
 * The form of an order. Lines come as `lines.0.sku`, `lines.0.quantity` ... or as a list. Everything that is wrong is
 * said at once, beside its field.
 */
export const OrderForm = z.preprocess(nested, Typed.transform(checked));

/** The same with the version the person looked at. */
export const OrderChange = z.preprocess(
	nested,
	Typed.extend({ version: z.coerce.number().int().positive() }).transform(
		({ version, ...order }, context) => ({
			version,
			details: checked(order, context)
		})
	)
);

function checked(order: TypedOrder, context: z.RefinementCtx<unknown>): OrderDetails {
	let wrong = false;
	const details = readDetails(order, (path, message) => {
		wrong = true;
		context.issues.push({ code: 'custom', message, path, input: order });
	});
	return wrong ? z.NEVER : details;
}

function readDetails(order: TypedOrder, refuse: Refuse): OrderDetails {
	const currency = oneOf(order.currency, currencies, 'currency', refuse);
	const days = Object.fromEntries(
		orderDays.map((name) => [name, readDay(order[name], name, refuse)])
	) as Record<(typeof orderDays)[number], PlainDate | null>;
	if (days.etd && days.eta && days.eta < days.etd) refuse(['eta'], 'orders.form.eta_before_etd');
	if (days.quotedOn && days.confirmedOn && days.confirmedOn < days.quotedOn)
		refuse(['confirmedOn'], 'orders.form.confirmed_before_quoted');
	return {
		...days,
		number: readNumber(order.number, refuse),
		buyer: needed(order.buyer, 'buyer', refuse),
		importer: needed(order.importer, 'importer', refuse),
		incoterm: oneOf(order.incoterm, incoterms, 'incoterm', refuse),
		namedPlace: order.namedPlace || null,
		place: needed(order.place, 'place', refuse),
		mode: oneOf(order.mode, transportModes, 'mode', refuse),
		stage: oneOf(order.stage, orderStages, 'stage', refuse),
		loadingPort: readPort(order.loadingPort, refuse),
		loadingCountry: readCountry(order.loadingCountry, ['loadingCountry'], refuse),
		exporterCountry: readCountry(order.exporterCountry, ['exporterCountry'], refuse),
		currency,
		freightMinor: minorIn(order.freight ? readAmount(order.freight, currency) : none, ['freight'], refuse),
		insuranceMinor: minorIn(
			order.insurance ? readAmount(order.insurance, currency) : none,
			['insurance'],
			refuse
		),
		customerAsks: order.customerAsks !== '',
		lines: readLines(order.lines, currency, refuse)
	};
}

function readLines(lines: TypedLine[], currency: string, refuse: Refuse): LineDetails[] {
	const filled = lines.map((line, row) => ({ line, row })).filter(({ line }) => !isBlank(line));
	if (!filled.length) refuse(['lines', '0', 'sku'], 'orders.form.one_line');
	return filled.map(({ line, row }) => readLine(line, row, currency, refuse));
}

/** A line that says nothing is not there: that is how one is dropped without script. */
function isBlank({ sku, quantity, unitPrice, value }: TypedLine): boolean {
	return !sku && !quantity && !unitPrice && !value;
}

function readLine(line: TypedLine, row: number, currency: string, refuse: Refuse): LineDetails {
	const at = (field: string) => ['lines', String(row), field];
	if (!line.sku) refuse(at('sku'), 'form.field_required');
	const quantity = /^\d{1,9}$/.test(line.quantity) ? Number(line.quantity) : 0;
	if (quantity < 1) refuse(at('quantity'), 'orders.form.quantity_wrong');
	const originCountry = readCountry(line.originCountry, at('originCountry'), refuse);
	return {
		row,
		sku: line.sku,
		quantity,
		fobMinor: valueOf(line, quantity, currency, at, refuse),
		originCountry
	};
}

/** The FOB value, or what quantity and unit price make; where both are given they have to agree. */
function valueOf(
	{ unitPrice, value }: TypedLine,
	quantity: number,
	currency: string,
	at: (field: string) => string[],
	refuse: Refuse
): number {
	if (!unitPrice && !value) refuse(at('unitPrice'), 'orders.form.price_or_value');
	const priced = unitPrice
		? minorIn(readUnitPrice(unitPrice, quantity, currency), at('unitPrice'), refuse)
		: null;
	const valued = value ? minorIn(readAmount(value, currency), at('value'), refuse) : null;
	if (priced !== null && valued !== null && quantity > 0 && priced !== valued)
		refuse(at('value'), 'orders.form.value_differs');
	return valued ?? priced ?? 0;
}

/** Fields of lines, as a form names them, become a list. */
function nested(values: unknown): unknown {
	if (typeof values !== 'object' || values === null || 'lines' in values) return values;
	const lines: Record<string, unknown>[] = [];
	for (const [name, value] of Object.entries(values)) {
		const [, row, field] = /^lines\.(\d{1,3})\.(\w+)$/.exec(name) ?? [];
		if (!row || !field || Number(row) >= mostLines) continue;
		(lines[Number(row)] ??= {})[field] = value;
	}
	return { ...values, lines: Array.from(lines, (line) => line ?? {}) };
}

/** How many lines a form that came back had, so that each is shown again. */
export function lineCount(values: Record<string, unknown>): number {
	const rows = Object.keys(values).flatMap((name) => /^lines\.(\d{1,3})\./.exec(name)?.[1] ?? []);
	return Math.min(mostLines, Math.max(0, ...rows.map((row) => Number(row) + 1)));
}

/** The same fields with a blank line below the last: how a line is added without script. */
export function withOneMoreLine<T>(values: Record<string, T | string>): Record<string, T | string> {
	return { ...values, [`lines.${lineCount(values)}.sku`]: '' };
}
