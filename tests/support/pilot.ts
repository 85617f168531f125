import { Effect } from '../../src/lib/changes/effects.ts';
import type { PartKind } from '../../src/lib/changes/parts.ts';
import { foldRule, type FoldedChange } from '../../src/lib/rules/fold.ts';
import type { AskedItem, Place, Rule } from '../../src/lib/rules/rule.ts';
import places from '../../src/lib/starter/places.json' with { type: 'json' };
import playbook from '../../src/lib/starter/playbook.json' with { type: 'json' };
import starter from '../../src/lib/starter/rule.json' with { type: 'json' };

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

/** The starter pack's pilot, with what we read into it. */
export const pilotEffects: Effect[] = starter.effects.map((effect) => Effect.parse(effect));

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
