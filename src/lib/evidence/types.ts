/** Kinds of proof. A new one is an entry here and its name in the message files. */
export const evidenceTypes = {
	footprint_page: { covers: 'product' },
	iso14067_statement: { covers: 'product' },
	origin_map: { covers: 'product' },
	document: { covers: 'order' },
	reply: { covers: 'importer_place' },
	clause: { covers: 'order' }
} satisfies Record<string, { covers: EvidenceCovers }>;

export type EvidenceCovers = 'product' | 'importer_place' | 'order';
export type EvidenceType = keyof typeof evidenceTypes;
export const evidenceTypeNames = Object.keys(evidenceTypes) as EvidenceType[];
