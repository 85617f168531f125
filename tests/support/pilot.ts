import type { Effect, PartKind } from '../../src/lib/changes/effects.ts';
import { foldRule, type FoldedChange } from '../../src/lib/rules/fold.ts';
import type { AskedItem, Place, Rule } from '../../src/lib/rules/rule.ts';
import places from '../../src/lib/starter/places.json' with { type: 'json' };
import playbook from '../../src/lib/starter/playbook.json' with { type: 'json' };

export const placesByKey: ReadonlyMap<string, Place> = new Map(
	places.map(({ key, kind, parent, joinedParentOn }) => [
		key,
		{ key, kind: kind as Place['kind'], parent, joinedParentOn }
	])
);

export function placeOf(key: string): Place {
	const place = placesByKey.get(key);
	if (!place) throw new Error(`no place ${key}`);
	return place;
}

export function set(part: PartKind, value: string, cites: string[], from: Effect['from'] = null): Effect {
	return { part, op: 'set', value, from, until: null, cites };
}

const start = '2026-07-15';

/** The pilot as the article reports it, with what we read into it. */
export const pilotEffects: Effect[] = [
	set('measure', 'gsc-trace', ['C01', 'C04'], start),
	set('origin', 'CN', ['C08']),
	...['HK', 'MO', 'TW'].map((country) => set('origin_unclear', country, ['Q12'])),
	...['VNSGN', 'VNHPH'].map((place) => set('place', place, ['C05'], start)),
	...['pcb', 'power_module', 'sensor'].map((category) => set('category', category, ['C07'], start)),
	set('category_count', '12', ['C06']),
	set('condition', 'footprint', ['C10'], start),
	set('condition', 'statement', ['C11'], start),
	set('condition', 'origin_map', ['C12'], start),
	set('rate', '0.15', ['C13', 'Q13'], start),
	set('reading', 'terminals', ['Q11']),
	set('reading', 'merged', ['Q11']),
	set('reading', 'elsewhere', ['Q05']),
	set('reading', 'unnamedCategory', ['Q10']),
	set('reading', 'mixedOrigin', ['Q12']),
	set('reading', 'declarationDate', ['Q15']),
	set('reading', 'partial', ['Q14']),
	set('reading', 'noEnd', ['Q18'])
];

export const askedItems: AskedItem[] = playbook.map((item, index) => ({
	key: item.key,
	id: index + 1,
	condition: item.condition,
	hash: item.key,
	renewOnVersion: item.renewOnVersion
}));

export const pilot: FoldedChange = { id: 1, effects: pilotEffects, playbook: askedItems };

/** The port change that demo-f13 leads to. */
export const daNang: FoldedChange = {
	id: 2,
	effects: [set('place', 'VNDAD', ['C27'], '2026-12-01')],
	playbook: []
};

export const pilotRule: Rule = foldRule('gsc-trace', [pilot]);
