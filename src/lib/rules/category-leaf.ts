import { citesOf, named, type Day, type Goods, type Leaf, type Match } from './leaf.ts';
import type { Rule } from './rule.ts';
import { turningDays, within, withinAny } from './truth.ts';

/**
 * Named: true. No electronic component, or every slot named and this not among them: false. Else unknown: the
 * source counts more categories than it names, and this may be one of them.
 */
export function categoryLeaf(rule: Rule, goods: Goods, day: Day): Match {
	const parts = named(rule.categories, goods.category);
	return parts.length
		? { leaf: matched(goods.category, citesOf(parts)), parts, inWindow: withinAny(parts, day) }
		: { leaf: unmatched(rule, goods, day), parts, inWindow: null };
}

function matched(category: string, cites: string[]): Leaf {
	return {
		leaf: 'category',
		truth: 'true',
		because: 'leaf.category.named',
		args: { category },
		cites,
		bounds: []
	};
}

function unmatched(rule: Rule, goods: Goods, day: Day): Leaf {
	const { count, cites: counted } = rule.slots;
	const args = {
		category: goods.category,
		named: String(namedOn(rule, day, 'possibly')),
		count: String(count ?? '')
	};
	const base = { leaf: 'category', args, bounds: turningDays(rule.categories) } as const;
	if (goods.notElectronic)
		return { ...base, truth: 'false', because: 'leaf.category.not_electronic', cites: [...counted] };
	const cites = citesOf(rule.categories, counted);
	if (count !== null && namedOn(rule, day, 'surely') >= count)
		return { ...base, truth: 'false', because: 'leaf.category.all_named', cites };
	const because = count === null ? 'leaf.category.uncounted' : 'leaf.category.unnamed';
	return { ...base, truth: 'unknown', because, cites: citesOf(cites, rule.readings.unnamedCategory) };
}

/** How many different categories are named on the day. */
export function namedOn(rule: Rule, day: Day, how: 'surely' | 'possibly'): number {
	const values = new Set<string>();
	for (const part of rule.categories) {
		const truth = within(part, day);
		if (truth === 'true' || (truth === 'unknown' && how === 'possibly')) values.add(part.value);
	}
	return values.size;
}
