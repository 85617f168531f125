/** Kinds of proof. A new one is an entry here and its name in the message files. */
export const evidenceTypes = {
	footprint_page: {
		covers: 'product',
		noteIsEnough: false,
		declares: ['value', 'unit', 'declaredUnit', 'boundary', 'models']
	},
	iso14067_statement: {
		covers: 'product',
		noteIsEnough: false,
		declares: ['statementNumber', 'body', 'standard', 'models', 'boundary']
	},
	origin_map: { covers: 'product', noteIsEnough: false, declares: [] },
	document: { covers: 'order', noteIsEnough: true, declares: [] },
	reply: { covers: 'importer_place', noteIsEnough: true, declares: [] },
	clause: { covers: 'order', noteIsEnough: true, declares: [] }
} satisfies Record<string, EvidenceKind>;

interface EvidenceKind {
	/** What one piece of it usually covers; the item it is made for decides. */
	covers: EvidenceCovers;
	/** Pasted words alone are proof; of the others there must be a file or a link. */
	noteIsEnough: boolean;
	/** Values read off the paper, in the order they are asked for. */
	declares: readonly DeclaredValue[];
}

export const declaredValues = [
	'statementNumber',
	'body',
	'standard',
	'value',
	'unit',
	'declaredUnit',
	'boundary',
	'models'
] as const;
export type DeclaredValue = (typeof declaredValues)[number];
export type EvidenceCovers = 'product' | 'importer_place' | 'order';
export type EvidenceType = keyof typeof evidenceTypes;
export const evidenceTypeNames = Object.keys(evidenceTypes) as EvidenceType[];

export function declaresOf(type: EvidenceType): readonly DeclaredValue[] {
	return evidenceTypes[type].declares;
}
