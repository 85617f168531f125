import type { DueEvent } from '#lib/changes/words.ts';
import { addDays, laterOf, type PlainDate } from '#lib/time.ts';

/** The dates of an order that work hangs on; null while nobody knows them. */
export interface DueDates {
	quotedOn: PlainDate | null;
	confirmedOn: PlainDate | null;
	productionOn: PlainDate | null;
	etd: PlainDate | null;
	eta: PlainDate | null;
	declarationOn: PlainDate | null;
}

/** A change of the rule and a week are events of the measure, not of an order: they have no day here. */
const dayOf: Record<DueEvent, (order: DueDates) => PlainDate | null> = {
	quotation: (order) => order.quotedOn,
	order_confirmation: (order) => order.confirmedOn,
	production_start: (order) => order.productionOn,
	shipment: (order) => order.etd,
	ETA: (order) => order.eta,
	customs_declaration: (order) => order.declarationOn ?? order.eta,
	rule_change: () => null,
	weekly: () => null
};

/** The day an item of an order is due by its event and offset in days, or null while the event has no day. */
export function dueOf(event: DueEvent, offsetDays: number, order: DueDates): PlainDate | null {
	const day = dayOf[event](order);
	return day && addDays(day, offsetDays);
}

/** Never before the day the item was created: what is asked late is due now, not overdue. */
export function dueOn(
	event: DueEvent,
	offsetDays: number,
	order: DueDates,
	createdOn: PlainDate
): PlainDate | null {
	const due = dueOf(event, offsetDays, order);
	return due && laterOf(due, createdOn);
}
