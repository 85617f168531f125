import type { Incoterm } from './words.ts';

export type Payer = 'exporter' | 'importer';

/**
 * Who would pay the surcharge by our reading of the Incoterm; the contract prevails. Import clearance and its charges
 * are the seller's under DDP only.
 */
export function payerOf(incoterm: Incoterm): Payer {
	return incoterm === 'DDP' ? 'exporter' : 'importer';
}
