import { expect, it } from 'vitest';
import { recordHref, type About, type Known } from './record-link.ts';

const known: Known = {
	orders: new Map([[7, 'VN 0142']]),
	products: new Map([[3, 'PCB/6L']]),
	managesPeople: false
};
const about = (row: Partial<About>): About => ({
	...{ deed: 'order.changed', subject: 'order', subjectId: 7, order: null },
	...row
});

it('leads to the record by the name its address uses', () => {
	expect(recordHref(about({}), known)).toBe('/orders/VN%200142');
	expect(recordHref(about({ subject: 'product', subjectId: 3 }), known)).toBe('/products/PCB%2F6L');
	expect(recordHref(about({ subject: 'checklist_item', subjectId: 9, order: 7 }), known)).toBe('/work/9');
});

it('leads nowhere where the record is gone or not for this reader', () => {
	expect(recordHref(about({ subjectId: 8 }), known)).toBeNull();
	expect(recordHref(about({ subject: 'checklist_item', subjectId: 9, order: 8 }), known)).toBeNull();
	expect(recordHref(about({ deed: 'source.removed', subject: 'source' }), known)).toBeNull();
	expect(recordHref(about({ subject: 'person' }), known)).toBeNull();
	expect(recordHref(about({ subject: 'person' }), { ...known, managesPeople: true })).toBe(
		'/settings/people/7'
	);
});
