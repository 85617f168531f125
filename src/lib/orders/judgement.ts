import type { Applicability, Leaf } from '#lib/rules/leaf.ts';
import type { Place } from '#lib/rules/rule.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Incoterm } from './words.ts';

export interface LineFacts {
	id: number;
	product: number;
	sku: string;
	category: string;
	/** A person recorded that it is no electronic component. */
	notElectronic: boolean;
	originCountry: string | null;
	fobMinor: number;
}

export interface OrderFacts {
	id: number;
	number: string;
	place: Place;
	exporterCountry: string | null;
	loadingCountry: string | null;
	incoterm: Incoterm;
	currency: string;
	freightMinor: number;
	insuranceMinor: number;
	quotedOn: PlainDate | null;
	confirmedOn: PlainDate | null;
	productionOn: PlainDate | null;
	etd: PlainDate | null;
	eta: PlainDate | null;
	declarationOn: PlainDate | null;
	customerAsks: boolean;
	lines: LineFacts[];
}

export type ItemState = 'open' | 'prepared' | 'accepted' | 'returned' | 'released' | 'not_needed';

/** A checklist item as readiness and exposure see it. */
export interface ItemFacts {
	id: number;
	key: string;
	team: string;
	product: number | null;
	mandatory: boolean;
	condition: string | null;
	state: ItemState;
	stale: boolean;
	noLongerAsked: boolean;
	dueOn: PlainDate | null;
	releasedUntil: PlainDate | null;
	/** Validity of the evidence it was accepted with; null bounds are open. Null: accepted without dated evidence. */
	evidence: { validFrom: PlainDate | null; validUntil: PlainDate | null } | null;
	/** Who prepared or accepted it and when, for what a row shows. */
	who: string | null;
	when: string | null;
	carried: boolean;
}

export const buckets = ['prepared', 'may_not_apply', 'missing', 'open'] as const;
export type Bucket = (typeof buckets)[number];
export type Range = { low: number; high: number };

export interface LineJudgement {
	line: number;
	sku: string;
	applicability: Applicability;
	leaves: Leaf[];
	/** Null: not in reported scope, or no surcharge is reported for that day. */
	bucket: Bucket | null;
	low: number;
	high: number;
	rate: string | null;
}

export type MaterialState = 'ok' | 'waiting' | 'due' | 'missing' | 'expired' | 'not_asked';

/** One material of an order as a list row shows it. */
export interface Material {
	state: MaterialState;
	who: string | null;
	when: string | null;
	carried: boolean;
	dueOn: PlainDate | null;
	/** Last day of validity where the evidence has one. */
	validUntil: PlainDate | null;
}

export interface Judgement {
	on: PlainDate;
	/** The judgement date J: the later of `on` and the expected declaration date, else ETA. Null: no date known. */
	day: PlainDate | null;
	/** True where the ETA stands in for the declaration date (a recorded assumption). */
	dayAssumed: boolean;
	applicability: Applicability | 'mixed';
	readiness: 'ready' | 'not_ready' | 'not_asked' | 'no_date';
	lines: LineJudgement[];
	mandatoryTotal: number;
	mandatoryHolding: number;
	/** Ids of mandatory items that do not hold on J. */
	blocking: number[];
	payer: 'exporter' | 'importer';
	currency: string;
	exposure: Record<Bucket, Range>;
	/** Last day on which this judgement holds if nothing is done; null: no date changes it. */
	holdsUntil: PlainDate | null;
	summary: {
		materials: Record<string, Material>;
		blockingKeys: string[];
		late: Record<string, number>;
		/** Each line's bucket and money, for figures by product. */
		lines: { product: number; bucket: Bucket | null; low: number; high: number }[];
		/** Keys of what the unknown leaves lean on: what would decide this order. */
		hangsOn: string[];
	};
}
