import { describe, expect, it } from 'vitest';
import { dueOf, dueOn } from './deadlines.ts';
import { payerOf } from './payer.ts';
import { incoterms } from './words.ts';

const order = {
	quotedOn: '2026-11-03',
	confirmedOn: '2026-11-10',
	productionOn: null,
	etd: '2026-12-05',
	eta: '2026-12-11',
	declarationOn: null
};

describe('a due day', () => {
	it('hangs on the event of the order, before or after it', () => {
		expect(dueOf('quotation', 0, order)).toBe('2026-11-03');
		expect(dueOf('order_confirmation', 3, order)).toBe('2026-11-13');
		expect(dueOf('shipment', -7, order)).toBe('2026-11-28');
		expect(dueOf('ETA', -5, order)).toBe('2026-12-06');
	});

	it('takes the ETA where no declaration is expected yet', () => {
		expect(dueOf('customs_declaration', 2, order)).toBe('2026-12-13');
		expect(dueOf('customs_declaration', 2, { ...order, declarationOn: '2026-12-20' })).toBe('2026-12-22');
	});

	it('is unknown while its event has no day, and for events of the measure', () => {
		expect(dueOf('production_start', 0, order)).toBeNull();
		expect(dueOf('rule_change', 1, order)).toBeNull();
		expect(dueOn('weekly', 0, order, '2026-11-23')).toBeNull();
	});

	it('is never before the day the item was created', () => {
		expect(dueOn('order_confirmation', 0, order, '2026-11-23')).toBe('2026-11-23');
		expect(dueOn('shipment', -7, order, '2026-11-23')).toBe('2026-11-28');
	});
});

describe('the payer by our reading', () => {
	it('is the exporter under DDP only', () => {
		expect(incoterms.filter((incoterm) => payerOf(incoterm) === 'exporter')).toEqual(['DDP']);
	});
});
