/** Incoterms 2020. */
export const incoterms = [
	'EXW',
	'FCA',
	'FAS',
	'FOB',
	'CFR',
	'CIF',
	'CPT',
	'CIP',
	'DAP',
	'DPU',
	'DDP'
] as const;
export type Incoterm = (typeof incoterms)[number];

export const transportModes = ['sea', 'air', 'road', 'rail'] as const;
export type TransportMode = (typeof transportModes)[number];

export const orderStages = ['quotation', 'order_confirmation', 'production', 'shipped', 'cleared'] as const;
export type OrderStage = (typeof orderStages)[number];
