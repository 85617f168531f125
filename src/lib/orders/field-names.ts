import type { MessageKey, Words } from '#lib/words/words.ts';
import { orderDays } from './forms.ts';

/** What a field of the order form is called; a line's field with the number of its line. */
export function orderFieldName(field: string, words: Words): string {
	const [, row, own] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
	if (row) {
		const name = words.t(own === 'sku' ? 'orders.field.product' : (`orders.field.${own}` as MessageKey));
		return `${words.t('orders.line', { number: Number(row) + 1 })}: ${name}`;
	}
	if (field === 'customerAsks') return words.t('orders.customer_asks');
	const isDay = (orderDays as readonly string[]).includes(field);
	return words.t(`orders.${isDay ? 'date' : 'field'}.${field}` as MessageKey);
}
