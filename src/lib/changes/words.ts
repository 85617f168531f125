/** What a source says of a claim. Kept apart from what we hold of it (certainty.ts). */
export const statements = [
	'reported_as_confirmed',
	'reported',
	'analysis',
	'explicitly_unknown',
	'recommendation',
	'disclaimer'
] as const;
export type Statement = (typeof statements)[number];

export const changeStates = ['draft', 'in_review', 'published', 'withdrawn'] as const;
export type ChangeState = (typeof changeStates)[number];

/** `watch`: exposure shown, no checklists. `prepare`: checklists, gates warn. `require`: gates may block. */
export const stances = ['watch', 'prepare', 'require'] as const;
export type Stance = (typeof stances)[number];

export const instrumentStates = [
	'draft_for_comment',
	'notified',
	'signed',
	'in_force',
	'guidance_letter',
	'amended',
	'expired',
	'unknown'
] as const;
export type InstrumentState = (typeof instrumentStates)[number];

export type QuestionState = 'open' | 'answered';

/** What one piece of work serves: every order of the product, an importer at a place, one order, or the measure. */
export const coverages = ['product', 'importer_place', 'order', 'measure'] as const;
export type Covers = (typeof coverages)[number];

export const dueEvents = [
	'quotation',
	'order_confirmation',
	'production_start',
	'shipment',
	'ETA',
	'customs_declaration',
	'rule_change',
	'weekly'
] as const;
export type DueEvent = (typeof dueEvents)[number];
