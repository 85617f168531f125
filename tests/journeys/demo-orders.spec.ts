import type { Locator } from '@playwright/test';
import orders from '../../src/lib/demo/orders.json' with { type: 'json' };
import { minorOf } from '../../src/lib/money.ts';
import type { Bucket, Judgement } from '../../src/lib/orders/judgement.ts';
import en from '../../src/lib/words/en.json' with { type: 'json' };
import { wordsFor } from '../../src/lib/words/words.ts';
import { as } from './support/people.ts';
import { expect, test } from './support/server.ts';

const words = wordsFor('en', en, 'Asia/Ho_Chi_Minh');
const on = '2026-11-23';

interface Amounts {
	low: string;
	high: string;
}
/** What the demo's file says of an order, in one shape for all six. */
interface Expected {
	lines: (Amounts & { sku: string; applicability: Judgement['applicability']; bucket: Bucket | null })[];
	readiness: Judgement['readiness'];
	blocking: string[];
	exposure: Partial<Record<Bucket, Amounts>>;
}

function range({ low, high }: Amounts, currency: string): string {
	return words.range(minorOf(low, currency), minorOf(high, currency), currency);
}

const buckets = ['prepared', 'may_not_apply', 'missing', 'open'] as const satisfies readonly Bucket[];
const nothing = { low: '0.00', high: '0.00' };
const amounts = (money: { low: { amount: string }; high: { amount: string } }) => ({
	low: money.low.amount,
	high: money.high.amount
});

test('each demo order shows what its file expects, on its page and through the API', async ({
	app,
	browser
}) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	for (const { number, currency, expected: read } of orders) {
		const expected = read as Expected;
		await test.step(number, async () => {
			await lin.goto(`/orders/${number}?on=${on}`);
			const main = lin.getByRole('main');
			await expect(stateOf(main, words.t(`readiness.${expected.readiness}`))).toBeVisible();
			const money = lin.getByRole('region', { name: /if the report is true/i });
			for (const bucket of buckets) {
				const figure = money
					.locator('.figure')
					.filter({ has: lin.getByText(words.t(`bucket.${bucket}`), { exact: true }) });
				const amount = expected.exposure[bucket];
				if (amount) await expect(figure.getByText(range(amount, currency), { exact: true })).toBeVisible();
				else await expect(figure).toHaveCount(0);
			}
			for (const line of expected.lines) {
				const shown = lin.getByRole('article').filter({ has: lin.getByRole('link', { name: line.sku }) });
				await expect(stateOf(shown, words.t(`applicability.${line.applicability}`))).toBeVisible();
				if (!line.bucket) continue;
				await expect(stateOf(shown, words.t(`bucket.${line.bucket}`))).toBeVisible();
				await expect(shown.getByText(range(line, currency))).toBeVisible();
			}

			const order = await (await lin.request.get(`/api/v1/orders/${number}?on=${on}`)).json();
			expect(order.judgement).toMatchObject({ on, readiness: expected.readiness });
			expect([...order.judgement.blocking].sort()).toEqual(expected.blocking);
			for (const bucket of buckets) {
				expect(amounts(order.judgement.exposure[bucket])).toEqual(
					plain(expected.exposure[bucket] ?? nothing)
				);
			}
			for (const [index, { sku, applicability, bucket, ...money }] of expected.lines.entries()) {
				expect(order.lines[index]).toMatchObject({ sku, applicability, bucket });
				expect(amounts(order.lines[index].exposure)).toEqual(plain(money));
			}
		});
	}
});

const plain = ({ low, high }: Amounts): Amounts => ({ low, high });

function stateOf(within: Locator, word: string): Locator {
	return within
		.locator('.state')
		.filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) })
		.first();
}
