import { amountOf } from '#lib/money.ts';
import type { ReadOrder } from './read.server.ts';
import type { ProductRow } from './products.server.ts';

/** A record as the values of its form, all texts, with the version they are of. */
export interface FormValues {
	version: number;
	values: Record<string, string>;
}

export function orderValues(order: ReadOrder): FormValues {
	const { currency } = order;
	const values: Record<string, string> = {
		number: order.number,
		buyer: order.buyer,
		importer: order.importer,
		incoterm: order.incoterm,
		namedPlace: order.namedPlace ?? '',
		place: order.place,
		mode: order.mode,
		stage: order.stage,
		loadingPort: order.loadingPort ?? '',
		loadingCountry: order.loadingCountry ?? '',
		exporterCountry: order.exporterCountry ?? '',
		quotedOn: order.quotedOn ?? '',
		confirmedOn: order.confirmedOn ?? '',
		productionOn: order.productionOn ?? '',
		etd: order.etd ?? '',
		eta: order.eta ?? '',
		declarationOn: order.declarationOn ?? '',
		currency,
		freight: amountOf(order.freightMinor, currency),
		insurance: amountOf(order.insuranceMinor, currency),
		customerAsks: order.customerAsks ? 'on' : ''
	};
	for (const [row, line] of order.lines.entries()) {
		values[`lines.${row}.sku`] = line.sku;
		values[`lines.${row}.quantity`] = String(line.quantity);
		values[`lines.${row}.unitPrice`] = '';
		values[`lines.${row}.value`] = amountOf(line.fobMinor, currency);
		values[`lines.${row}.originCountry`] = line.originCountry ?? '';
	}
	return { version: order.version, values };
}

export function productValues(product: ProductRow): FormValues {
	return {
		version: product.version,
		values: {
			sku: product.sku,
			category: product.category,
			name_en: product.names.en ?? '',
			name_zh: product.names['zh-CN'] ?? '',
			name_vi: product.names.vi ?? '',
			hsCode: product.hsCode ?? '',
			gtin: product.gtin ?? '',
			notElectronic: product.notElectronicAt ? 'on' : ''
		}
	};
}

/** Fields in which what was typed differs from the record as it is now: what a second person is shown. */
export function differing(
	typed: Record<string, string | string[]>,
	now: Record<string, string>
): { field: string; yours: string; now: string }[] {
	return Object.entries(now).flatMap(([field, value]) => {
		const yours = String(typed[field] ?? '').trim();
		return yours === value ? [] : [{ field, yours, now: value }];
	});
}
