import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import demoOrders from '#lib/demo/orders.json' with { type: 'json' };
import { castOf, type Client } from '../support/api.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { demoDay, withDemo } from '../support/demo.ts';

describe('what the API tells of the demo workspace', () => {
	let test: TestDatabase;
	let as: Record<string, Client>;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		as = await castOf({ db: test.db, storage: await withDemo(test.db) });
	});
	afterAll(() => test.close());

	it.each(demoOrders.map((order) => [order.number, order.expected] as const))(
		'%s reads as its file expects',
		async (number, expected) => {
			const { status, body } = await as.sales!(`GET /orders/${number}?on=${demoDay}`);
			expect(status).toBe(200);
			const { judgement, basis } = body;
			const flat = (range: { low: { amount: string; currency: string }; high: { amount: string } }) => ({
				...{ currency: range.low.currency, low: range.low.amount, high: range.high.amount }
			});
			const exposure = Object.fromEntries(
				Object.entries<never>(judgement.exposure)
					.map(([bucket, range]) => [bucket, flat(range)] as const)
					.filter(([, { high }]) => Number(high) > 0)
			);
			expect(judgement.readiness).toBe(expected.readiness);
			expect(judgement.blocking).toEqual(expected.blocking);
			expect(exposure).toEqual(expected.exposure);
			for (const [at, line] of expected.lines.entries()) {
				const { sku, applicability, bucket, exposure: amounts } = body.lines[at];
				const { low = '0.00', high = '0.00' } = line as { low?: string; high?: string };
				expect({ sku, applicability, bucket }).toEqual({
					...{ sku: line.sku, applicability: line.applicability, bucket: line.bucket }
				});
				expect([amounts.low.amount, amounts.high.amount]).toEqual([low, high]);
			}
			expect(basis).toMatchObject({ ruleVersion: 1, knownOn: '2026-07-05', certainty: 'uncorroborated' });
		}
	);

	it('pages through a list to its end, each record once', async () => {
		const seen: number[] = [];
		for (let next: string | null = ''; next !== null;) {
			const page = await as.sales!(`GET /sources?limit=7${next && `&cursor=${next}`}`);
			seen.push(...page.body.items.map(({ id }: { id: number }) => id));
			next = page.body.next;
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen.length).toBeGreaterThan(14);
		expect((await as.sales!('GET /sources?cursor=x')).body.errors).toHaveProperty('cursor');
	});

	it('gives management its figures with their basis, the buckets summing by payer', async () => {
		const { body } = await as.management!('GET /readiness?by=port,week,team');
		expect(body.by.port.reduce((sum: number, row: { asked: number }) => sum + row.asked, 0)).toBe(body.asked);
		expect(body.by.week.reduce((sum: number, row: { ready: number }) => sum + row.ready, 0)).toBe(body.ready);
		const { body: money } = await as.management!('GET /exposure');
		expect([body.basis.ruleVersion, money.basis.on]).toEqual([1, demoDay]);
		for (const { total, exporter, importer } of Object.values<Record<string, { high: { amount: string } }>>(
			money.buckets
		)) {
			const cents = (range: { high: { amount: string } }) => Math.round(Number(range.high.amount) * 100);
			expect(cents(exporter!) + cents(importer!)).toBe(cents(total!));
		}
		const refused = await as.management!('GET /readiness?by=port,planet');
		expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['by.1']]);
	});

	it('streams the whole activity, the newest first', async () => {
		const { body: page } = await as.admin!('GET /activity?limit=3');
		const accept = { accept: 'application/x-ndjson' };
		const { body, headers } = await as.admin!('GET /activity', { headers: accept });
		const lines = String(body)
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown);
		expect(headers.get('content-type')).toBe('application/x-ndjson');
		expect(lines.slice(0, 3)).toEqual(page.items);
		expect(lines.length).toBeGreaterThan(100);
		expect((await as.nobody!('GET /openapi.json')).body.openapi).toBe('3.1.0');
	});
});
