import { describe, expect, it } from 'vitest';
import { OrderForm, lineCount } from './forms.ts';

const typed = {
	number: 'VN-0142',
	buyer: 'Sao Mai Controls JSC (fictional)',
	importer: 'Sao Mai Controls JSC (fictional)',
	incoterm: 'CIF',
	place: 'VNCLI',
	mode: 'sea',
	stage: 'order_confirmation',
	loadingPort: 'cnytn',
	loadingCountry: 'cn',
	etd: '2026-12-05',
	eta: '2026-12-11',
	currency: 'USD',
	freight: '640.5',
	'lines.0.sku': 'QL-CN-40P',
	'lines.0.quantity': '50000',
	'lines.0.unitPrice': '0.3115',
	'lines.0.originCountry': 'CN'
};

function errors(change: Record<string, string>): Record<string, string> {
	const read = OrderForm.safeParse({ ...typed, ...change });
	return Object.fromEntries((read.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

describe('the form of an order', () => {
	it('reads what was typed into minor units, codes and days', () => {
		expect(OrderForm.parse(typed)).toMatchObject({
			...{ loadingPort: 'CNYTN', loadingCountry: 'CN', exporterCountry: null, freightMinor: 64_050 },
			...{ insuranceMinor: 0, customerAsks: false, quotedOn: null, eta: '2026-12-11' },
			lines: [{ row: 0, sku: 'QL-CN-40P', quantity: 50_000, fobMinor: 1_557_500, originCountry: 'CN' }]
		});
	});

	it('refuses a comma in an amount, and more cents than the currency has', () => {
		expect(errors({ freight: '640,50' })).toEqual({ freight: 'orders.form.decimal_point' });
		expect(errors({ freight: '1.234.567' })).toEqual({ freight: 'orders.form.amount_wrong' });
		expect(errors({ freight: '640.505' })).toEqual({ freight: 'orders.form.too_many_cents' });
		expect(errors({ currency: 'VND', freight: '640.5' })).toEqual({ freight: 'orders.form.no_cents' });
	});

	it('refuses an arrival before the departure, a day that is none and a port nobody knows', () => {
		expect(errors({ eta: '2026-12-04' })).toEqual({ eta: 'orders.form.eta_before_etd' });
		expect(errors({ etd: '2026-02-30' })).toEqual({ etd: 'orders.form.day_wrong' });
		expect(errors({ loadingPort: 'Yantian' })).toEqual({ loadingPort: 'orders.form.port_unknown' });
		expect(errors({ exporterCountry: 'XQ' })).toEqual({ exporterCountry: 'orders.form.country_unknown' });
	});

	it('says everything that is wrong at once', () => {
		const wrong = errors({ number: 'a/b', buyer: '', incoterm: 'DAT', 'lines.0.quantity': '0' });
		expect(Object.keys(wrong).sort()).toEqual(['buyer', 'incoterm', 'lines.0.quantity', 'number']);
		expect(errors({ number: 'new' })).toEqual({ number: 'orders.form.number_wrong' });
	});

	it('needs one line, drops blank ones and points at the row that is wrong', () => {
		const blank = { 'lines.0.sku': '', 'lines.0.quantity': '', 'lines.0.unitPrice': '' };
		expect(errors(blank)).toEqual({ 'lines.0.sku': 'orders.form.one_line' });
		const second = { 'lines.2.sku': 'QL-SN-P10', 'lines.2.quantity': '5', 'lines.2.value': '21.005' };
		expect(errors({ ...blank, ...second })).toEqual({ 'lines.2.value': 'orders.form.too_many_cents' });
		expect(lineCount({ ...typed, ...second })).toBe(3);
	});

	it('takes the value where both are given only if they agree', () => {
		expect(errors({ 'lines.0.value': '15575' })).toEqual({});
		expect(errors({ 'lines.0.value': '15570' })).toEqual({ 'lines.0.value': 'orders.form.value_differs' });
		expect(errors({ 'lines.0.unitPrice': '' })).toEqual({
			'lines.0.unitPrice': 'orders.form.price_or_value'
		});
	});
});
