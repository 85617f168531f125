import { z } from 'zod';
import { orderStates, readinesses, orderSorts, applicabilities } from '#lib/orders/list.ts';
import { buckets } from '#lib/orders/judgement.ts';
import { incoterms, orderStages, transportModes } from '#lib/orders/words.ts';
import { ChecklistItem } from './checklist.ts';
import type { Operations } from './operation.ts';
import { Basis, Day, Exposure, Id, listOf, MarkedPaging, Money, On, Range, Text, Version } from './shapes.ts';

const materialStates = ['ok', 'waiting', 'due', 'missing', 'expired', 'not_asked'] as const;

const Material = z
	.object({
		state: z.enum(materialStates),
		who: z.string().nullable(),
		when: z.string().nullable(),
		carried: z.boolean(),
		dueOn: Day.nullable(),
		validUntil: Day.nullable()
	})
	.meta({ id: 'Material' });

const judged = {
	applicability: z.enum(applicabilities),
	readiness: z.enum(readinesses),
	mandatoryTotal: z.int(),
	mandatoryHolding: z.int(),
	exposure: Exposure,
	materials: z.record(z.string(), Material).meta({ description: 'By condition.' })
};

const days = {
	quotedOn: Day.nullable(),
	confirmedOn: Day.nullable(),
	productionOn: Day.nullable(),
	etd: Day.nullable(),
	eta: Day.nullable(),
	declarationOn: Day.nullable()
};

export const OrderRow = z
	.object({
		id: Id,
		version: Version,
		number: z.string(),
		buyer: z.string(),
		place: Text,
		eta: Day.nullable(),
		declarationOn: Day.nullable(),
		currency: z.string(),
		...judged
	})
	.meta({ id: 'OrderRow' });

const Leaf = z
	.object({
		leaf: z.enum(['origin', 'category', 'place', 'date']),
		truth: z.enum(['true', 'false', 'unknown']),
		code: z.string(),
		reason: z.string().meta({ description: 'In the language asked for.' }),
		cites: z.array(z.string())
	})
	.meta({
		id: 'Leaf',
		description: 'One of the four questions that decide whether the rule reaches a line.'
	});

const Line = z.object({
	sku: z.string(),
	names: Text,
	category: z.string(),
	quantity: z.int(),
	value: Money.meta({ description: 'FOB.' }),
	originCountry: z.string().nullable(),
	applicability: z.enum(['applies', 'not_in_reported_scope', 'undetermined']),
	leaves: z.array(Leaf),
	bucket: z.enum(buckets).nullable(),
	exposure: Range,
	rate: z.string().nullable()
});

export const Order = z
	.object({
		id: Id,
		version: Version,
		number: z.string(),
		buyer: z.string(),
		importer: z.string(),
		incoterm: z.enum(incoterms),
		namedPlace: z.string().nullable(),
		place: z.object({ key: z.string(), names: Text }),
		mode: z.enum(transportModes),
		stage: z.enum(orderStages),
		loadingPort: z.string().nullable(),
		loadingCountry: z.string().nullable(),
		exporterCountry: z.string().nullable(),
		...days,
		currency: z.string(),
		freight: Money,
		insurance: Money,
		customerAsks: z.boolean(),
		closed: z.boolean(),
		pinnedRuleVersion: z.int().nullable(),
		lines: z.array(Line),
		judgement: z.object({
			on: Day,
			day: Day.nullable().meta({ description: 'The day it is judged for; null: no date is known.' }),
			dayAssumed: z.boolean().meta({ description: 'The ETA stands in for the declaration date.' }),
			...judged,
			blocking: z.array(z.string()).meta({ description: 'Keys of mandatory items that do not hold.' }),
			payer: z
				.enum(['exporter', 'importer'])
				.meta({ description: 'Our reading of the Incoterm; the contract prevails.' }),
			holdsUntil: Day.nullable()
		}),
		basis: Basis.nullable()
	})
	.meta({ id: 'Order' });

const country = z.string().max(2).nullable();
const typedMoney = z.strictObject({ amount: z.string().max(30), currency: z.string().max(3) });

const fields = {
	number: z.string().max(40),
	buyer: z.string(),
	importer: z.string().meta({ description: 'By name; one that is not known yet is added.' }),
	incoterm: z.enum(incoterms),
	namedPlace: z.string().nullable(),
	place: z.string().meta({ description: 'Key of the place of entry.' }),
	mode: z.enum(transportModes),
	stage: z.enum(orderStages),
	loadingPort: z.string().nullable(),
	loadingCountry: country,
	exporterCountry: country,
	...days,
	currency: z.string(),
	freight: typedMoney,
	insurance: typedMoney,
	customerAsks: z.boolean(),
	lines: z
		.array(
			z.strictObject({
				sku: z.string(),
				quantity: z.int().positive(),
				unitPrice: typedMoney
					.optional()
					.meta({ description: 'Or `value`; where both are given they agree.' }),
				value: typedMoney.optional().meta({ description: 'FOB value of the line.' }),
				originCountry: country.default(null)
			})
		)
		.min(1)
		.max(100)
};

export const OrderPatch = z.strictObject(fields).partial();
export type OrderPatch = z.infer<typeof OrderPatch>;

const needed = {
	number: true,
	buyer: true,
	importer: true,
	incoterm: true,
	place: true,
	currency: true
} as const;

export const orderOperations = {
	'GET /orders': {
		summary: 'List orders with their readiness, materials and money.',
		detail: 'On another day than today they are judged anew and sorted by arrival or number.',
		may: 'order.read',
		query: MarkedPaging.extend({
			...On.shape,
			q: z.string().trim().max(120).default('').meta({ description: 'Part of a number, a buyer or a SKU.' }),
			place: z.string().max(40).default(''),
			readiness: z.enum(readinesses).optional(),
			bucket: z.enum(buckets).optional(),
			applicability: z.enum(applicabilities).optional(),
			week: Day.optional().meta({ description: 'Any day of the week of arrival.' }),
			state: z.enum(orderStates).default('open'),
			sort: z.enum(orderSorts).default('arrival')
		}),
		answer: listOf(OrderRow)
	},
	'POST /orders': {
		summary: 'Add an order; its checklist is made at once.',
		may: 'order.edit',
		body: OrderPatch.required({ ...needed, lines: true }),
		status: 201,
		answer: Order
	},
	'GET /orders/:number': {
		summary: 'Read an order and what we make of it on a day.',
		may: 'order.read',
		query: On,
		answer: Order
	},
	'PATCH /orders/:number': {
		summary: 'Change an order; what is left out stays.',
		detail:
			'`lines` replaces all lines. `closed` says that it was shipped and cleared, or takes it up again.',
		may: 'order.edit',
		body: OrderPatch.extend({ closed: z.boolean().optional() }),
		changes: true,
		answer: Order
	},
	'GET /orders/:number/checklist': {
		summary: 'Read what is asked of an order.',
		may: 'order.read',
		answer: z.object({ items: z.array(ChecklistItem), next: z.null() })
	}
} satisfies Operations;
