import type { PlainDate } from '#lib/time.ts';
import type { ItemState } from '../orders/judgement.ts';
import type { ShownRevision } from './panel.ts';
import { evidenceTypeNames, type EvidenceCovers, type EvidenceType } from './types.ts';
import type { Validity } from './validity.ts';

/** How evidence stands for the orders that rest on it, not only today. */
export const libraryStates = ['valid', 'expires_before', 'expired'] as const;
export type LibraryState = (typeof libraryStates)[number];

/** What the address of the library says; an empty text means any. */
export interface LibraryFilters {
	search: string;
	type: EvidenceType | '';
	product: string;
	state: LibraryState | '';
	/** The id the page begins below; 0: at the newest. */
	before: number;
}

export interface EvidenceRow {
	id: number;
	type: EvidenceType;
	title: string;
	covers: EvidenceCovers;
	/** What it covers, in words: SKUs, an importer, an order. */
	about: string;
	validUntil: PlainDate | null;
	state: LibraryState;
	/** Open orders that rest on it. */
	orders: number;
	by: string;
	evidenceOn: PlainDate;
}

export interface ShownEvidence {
	id: number;
	version: number;
	type: EvidenceType;
	title: string;
	covers: EvidenceCovers;
	products: string[];
	importer: string | null;
	place: string | null;
	order: string | null;
	revisions: (ShownRevision & {
		by: string;
		at: Date;
		validFrom: PlainDate | null;
		validity: Validity;
		declared: { name: string; value: string }[];
	})[];
	/** Items that rest on it, with the number of their revision. */
	uses: { item: number; title: string; order: string | null; revision: number; state: ItemState }[];
	history: { id: number; at: Date; text: string }[];
	/** Null: this person may add a revision. Else the reason, in words. */
	whyNotRevise: string | null;
}

export function libraryFilters(params: URLSearchParams): LibraryFilters {
	const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 80);
	const before = text('before');
	return {
		search: text('q'),
		type: evidenceTypeNames.find((type) => type === params.get('type')) ?? '',
		product: text('product'),
		state: libraryStates.find((state) => state === params.get('state')) ?? '',
		before: /^\d{1,9}$/.test(before) ? Number(before) : 0
	};
}
