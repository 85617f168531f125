import type { PartKind } from './parts.ts';

/** What a change of a kind may touch. A new kind is one entry here and its name in the message files. */
export const changeKinds = {
	pilot_rule: {
		parts: [
			'measure',
			'origin',
			'origin_unclear',
			'place',
			'category',
			'category_count',
			'condition',
			'rate',
			'reading'
		],
		playbook: true
	},
	port: { parts: ['place'], playbook: false },
	category: { parts: ['category', 'category_count'], playbook: false },
	verification_standard: { parts: ['condition'], playbook: true }
} satisfies Record<string, { parts: PartKind[]; playbook: boolean }>;

export type ChangeKind = keyof typeof changeKinds;
export const kindNames = Object.keys(changeKinds) as ChangeKind[];
