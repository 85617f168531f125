import type { DueEvent } from '../changes/words.ts';
import { dueOf, type DueDates } from '../orders/deadlines.ts';
import { conditionsShown } from '../orders/list.ts';
import { conditionName, countryName, materialShown, type ShownMaterial } from '../orders/look.ts';
import { leafText, type Names } from '../rules/leaf-words.ts';
import type { Truth } from '../rules/truth.ts';
import { businessDay, type PlainDate } from '#lib/time.ts';
import type { LocalizedText, MessageKey, Words } from '#lib/words/words.ts';
import { itemMark, type ItemMark } from './item-mark.ts';
import type { OrderItem, OrderPage } from './order-page.server.ts';

/** In whose words, on which day. */
export interface Speaker {
	words: Words;
	today: PlainDate;
	zone: string;
}

/** An item as a row says it. */
export interface ShownItem {
	id: number;
	title: string;
	/** The product it is about, where the order has several. */
	sku: string | null;
	mark: ItemMark;
	mandatory: boolean;
	who: string | null;
	day: PlainDate | null;
	dueOn: PlainDate | null;
	overdue: boolean;
	carriedFrom: string | null;
	validUntil: PlainDate | null;
	/** Why it was sent back, is not needed or was released. */
	reason: string | null;
	evidence: { id: number; title: string } | null;
	assignee: string | null;
}

export type Proofs = ReadonlyMap<number, { id: number; title: string }>;

export function shownItem(item: OrderItem, severalProducts: boolean, proofs: Proofs, by: Speaker): ShownItem {
	const told = item.state === 'returned' || item.state === 'not_needed' || item.state === 'released';
	return {
		id: item.id,
		title: by.words.name(item.title),
		sku: severalProducts ? item.sku : null,
		mark: itemMark(item),
		mandatory: item.mandatory,
		who: item.who,
		day: item.when && businessDay(item.when, by.zone),
		dueOn: item.holds ? null : item.dueOn,
		overdue: item.overdue,
		carriedFrom: item.carriedFrom,
		validUntil: item.validUntil ?? (item.state === 'released' ? item.releasedUntil : null),
		reason: told ? item.reason : null,
		evidence: item.evidenceRevision === null ? null : (proofs.get(item.evidenceRevision) ?? null),
		assignee: item.assignee
	};
}

export interface ShownTeam {
	key: string;
	name: string;
	held: number;
	items: ShownItem[];
}

/** The checklist by team, in the teams' order; what holds goes below what does not. */
export function byTeam(
	page: Pick<OrderPage, 'items' | 'order'>,
	teams: Record<string, LocalizedText>,
	proofs: Proofs,
	by: Speaker
): { teams: ShownTeam[]; past: ShownItem[] } {
	const several = new Set(page.order.lines.map((line) => line.product)).size > 1;
	const shown = (item: OrderItem) => shownItem(item, several, proofs, by);
	const asked = page.items.filter((item) => !item.noLongerAsked);
	return {
		teams: Object.entries(teams).flatMap(([key, names]) => {
			const own = asked.filter((item) => item.team === key);
			const items = [...own].sort((a, b) => Number(a.holds) - Number(b.holds) || dueFirst(a, b)).map(shown);
			const held = own.filter((item) => item.holds).length;
			return own.length ? [{ key, name: by.words.name(names), held, items }] : [];
		}),
		past: page.items.filter((item) => item.noLongerAsked).map(shown)
	};
}

function dueFirst(a: OrderItem, b: OrderItem): number {
	return (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.id - b.id;
}

export interface ShownLine {
	id: number;
	sku: string;
	name: string;
	category: string;
	quantity: number;
	fobMinor: number;
	origin: string;
	applicability: OrderPage['judgement']['lines'][number]['applicability'];
	bucket: OrderPage['judgement']['lines'][number]['bucket'];
	low: number;
	high: number;
	reasons: { leaf: string; truth: Truth; text: string; cites: string[] }[];
}

/** Each line with the four answers that say why it is in, out or undetermined. */
export function shownLines(
	{ order, judgement }: Pick<OrderPage, 'order' | 'judgement'>,
	scope: { places: ReadonlyMap<string, LocalizedText>; categories: ReadonlyMap<string, LocalizedText> },
	{ words, today }: Speaker
): ShownLine[] {
	const names: Names = {
		place: (key) => words.name(scope.places.get(key)) || key,
		category: (code) => words.name(scope.categories.get(code)) || code,
		country: (code) => countryName(code, words)
	};
	const judged = new Map(judgement.lines.map((line) => [line.line, line]));
	return order.lines.flatMap((line) => {
		const of = judged.get(line.id);
		if (!of) return [];
		const { applicability, bucket, low, high, leaves } = of;
		return {
			...{ id: line.id, sku: line.sku, quantity: line.quantity, fobMinor: line.fobMinor },
			...{ applicability, bucket, low, high },
			name: words.name(line.names),
			category: words.name(line.categoryNames),
			origin: countryName(line.originCountry, words),
			reasons: leaves.map((leaf) => ({
				leaf: words.t(`orders.leaf.${leaf.leaf}`),
				truth: leaf.truth,
				text: leafText(leaf, words, names, today),
				cites: leaf.cites
			}))
		};
	});
}

export interface ShownMaterials {
	sku: string;
	name: string;
	materials: (ShownMaterial & { condition: string; items: number[] })[];
}

/** Each product's materials, in the order of the lines. */
export function shownMaterials(page: OrderPage, by: Speaker): ShownMaterials[] {
	return page.order.lines.flatMap((line, index, all) => {
		const own = page.materials.find((one) => one.product === line.product);
		if (!own || all.findIndex((other) => other.product === line.product) !== index) return [];
		const materials = conditionsShown([own]).map((condition) => ({
			condition: conditionName(condition, by.words),
			...materialShown(own.materials[condition]!, by.words, by),
			items: page.items
				.filter(
					(item) => item.condition === condition && item.product === line.product && !item.noLongerAsked
				)
				.map((item) => item.id)
		}));
		return { sku: line.sku, name: by.words.name(line.names), materials };
	});
}

const events: readonly [DueEvent, keyof DueDates][] = [
	['quotation', 'quotedOn'],
	['order_confirmation', 'confirmedOn'],
	['production_start', 'productionOn'],
	['shipment', 'etd'],
	['ETA', 'eta'],
	['customs_declaration', 'declarationOn']
];

export interface ShownDate {
	label: MessageKey;
	day: PlainDate | null;
	/** Items whose due day hangs on it, and how many of them hold. */
	items: number;
	held: number;
}

/** The dates of an order in the order they come, with what hangs on each. */
export function shownDates({ order, items }: Pick<OrderPage, 'order' | 'items'>): ShownDate[] {
	return events.map(([event, field]) => {
		const hanging = items.filter((item) => item.dueEvent === event && !item.noLongerAsked);
		return {
			label: `orders.date.${field}` as MessageKey,
			// A declaration nobody expects yet is due with the ETA.
			day: field === 'declarationOn' ? order.declarationOn : dueOf(event, 0, order),
			items: hanging.length,
			held: hanging.filter((item) => item.holds).length
		};
	});
}
