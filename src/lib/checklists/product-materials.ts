import type { ItemState, Material, MaterialState } from '../orders/judgement.ts';
import { materialsOf } from '../orders/materials.ts';
import type { PlainDate } from '#lib/time.ts';

/** Items of one product that stand alike, over all its open orders. */
export interface AlikeItems {
	product: number;
	key: string;
	team: string;
	condition: string;
	mandatory: boolean;
	state: ItemState;
	stale: boolean;
	validFrom: PlainDate | null;
	validUntil: PlainDate | null;
	/** The first day one of them is due. */
	dueOn: PlainDate | null;
	/** The first and the last judgement date among their orders. */
	firstDay: PlainDate;
	lastDay: PlainDate;
	who: string | null;
	when: string | null;
	/** One of them, to open. */
	item: number;
	/** The number of an order it stands on. */
	order: string;
}

export interface ProductMaterial extends Material {
	item: number;
	order: string;
}

/** From what needs a hand most to what needs none. */
const byNeed: readonly MaterialState[] = ['missing', 'expired', 'due', 'waiting', 'ok', 'not_asked'];

/**
 * The materials of each product by condition: the worst state over its open orders, each judged on its own day. A
 * statement that outlives this month's orders but not the next one's shows as expired.
 */
export function productMaterials(
	rows: readonly AlikeItems[],
	on: PlainDate
): Map<number, Record<string, ProductMaterial>> {
	const worst = new Map<number, Record<string, ProductMaterial>>();
	for (const row of rows) {
		const own = worst.get(row.product) ?? {};
		const material = { ...materialOf(row, on), item: row.item, order: row.order };
		const held = own[row.condition];
		if (!held || worse(material, held)) own[row.condition] = material;
		worst.set(row.product, own);
	}
	return worst;
}

/** Of two that stand alike the one that ends first, then the one done last. */
function worse(one: Material, other: Material): boolean {
	const need = byNeed.indexOf(one.state) - byNeed.indexOf(other.state);
	if (need !== 0) return need < 0;
	const [ends, otherEnds] = [one.validUntil ?? '9999', other.validUntil ?? '9999'];
	return ends === otherEnds ? (one.when ?? '') > (other.when ?? '') : ends < otherEnds;
}

function materialOf(row: AlikeItems, on: PlainDate): Material {
	const { validFrom, validUntil, who, when, key, team, product, condition, mandatory, state, stale, dueOn } =
		row;
	const item = {
		...{ id: row.item, key, team, product, condition, mandatory, state, stale, dueOn, who, when },
		...{ noLongerAsked: false, releasedUntil: null, carried: false },
		evidence: validFrom || validUntil ? { validFrom, validUntil } : null
	};
	const days = [row.firstDay, row.lastDay];
	const [first, last] = days.map((day) => materialsOf([condition], [item], day, on)[condition]!);
	return worse(first!, last!) ? first! : last!;
}
