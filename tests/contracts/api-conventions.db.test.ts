import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { once } from '#lib/api/idempotency.server.ts';
import { idempotencyKeys } from '#lib/api/tables.ts';
import { answered } from '#lib/server/web/api.server.ts';
import { sources } from '#lib/sources/tables.ts';
import { castOf, type Client } from '../support/api.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { personCalled, withDemo } from '../support/demo.ts';

describe('conventions of the API', () => {
	let test: TestDatabase;
	let as: Record<string, Client>;
	let now = new Date('2026-11-23T08:00:00Z');
	let wanted = 0;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		as = await castOf({ db: test.db, storage: await withDemo(test.db), now: () => now });
	});
	beforeEach(() => {
		now = new Date('2026-11-23T08:00:00Z');
		wanted += 1;
	});
	afterAll(() => test.close());

	const source = () => ({ name: `Broker ${wanted}`, tier: 4, kind: 'manual' });
	const named = async (name: string) => test.db.select().from(sources).where(eq(sources.name, name));
	const add = async () => (await as.compliance!('POST /sources', { body: source() })).body;

	describe('a refusal', () => {
		it('is a problem with a stable code, a sentence, and one for each field', async () => {
			const { status, headers, body } = await as.compliance!('POST /sources', {
				body: { name: '', kind: 'feed' }
			});
			expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
			expect(body).toMatchObject({ type: 'about:blank', status: 400, code: 'form.check_fields' });
			expect(body.title).toMatch(/check/);
			expect(body.errors).toEqual({ tier: 'Please fill this in.' });
		});

		it.each([
			['a field that nobody knows', { body: { color: 'red' } }, 400, 'form.check_fields'],
			['what is no JSON', { body: '{' }, 400, 'api.not_json'],
			[
				'another media type',
				{ body: '{}', headers: { 'content-type': 'text/plain' } },
				415,
				'api.not_json_type'
			],
			['a body over the limit', { body: `"${'x'.repeat(1_100_000)}"` }, 413, 'api.too_large'],
			['a list where a record belongs', { body: [] }, 400, 'form.check_fields'],
			['null', { body: 'null' }, 400, 'form.check_fields']
		])('answers %s', async (_, sent, status, code) => {
			const { status: given, body } = await as.compliance!('POST /sources', sent);
			expect([given, body.code]).toEqual([status, code]);
		});

		it('names the unknown field', async () => {
			const { body } = await as.compliance!('POST /sources', { body: { ...source(), color: 'red' } });
			expect(body.errors).toEqual({ color: 'This field is not known here.' });
			expect(await named(source().name)).toEqual([]);
		});

		it.each([
			'GET /sources/999999',
			'GET /sources/abc',
			'GET /items/0',
			'GET /changes/999999/claims',
			'GET /rule-versions/99',
			'GET /products/NONE',
			'GET /orders/NONE',
			'GET /orders/NONE/checklist',
			'GET /checklist-items/999999',
			'GET /evidence/999999'
		])('says of %s that there is no such record', async (request) => {
			const { status, body } = await as.compliance!(request);
			expect([status, body.code]).toEqual([404, 'refusal.not_found']);
		});

		it.each(['GET /orders?on=2026-02-30', 'GET /exposure?on=tomorrow', 'GET /rule-versions/current?on=1'])(
			'does not take %s for a day',
			async (request) => {
				const { status, body } = await as.management!(request);
				expect([status, Object.keys(body.errors)]).toEqual([400, ['on']]);
			}
		);
	});

	describe('changing a record', () => {
		it('needs the version that was looked at', async () => {
			const { id } = await add();
			for (const request of [`PATCH /sources/${id}`, `DELETE /sources/${id}`, 'PATCH /orders/DEMO-VN-001']) {
				const { status, body } = await as.compliance!(request, { body: {} });
				expect([request, status, body.code]).toEqual([request, 428, 'api.version_missing']);
			}
			const any = { headers: { 'if-match': '*' }, body: {} };
			expect((await as.compliance!(`PATCH /sources/${id}`, any)).status).toBe(428);
		});

		it('tells who comes second how the record is now, as the API shows it', async () => {
			const { id } = await add();
			const path = `PATCH /sources/${id}`;
			expect((await as.compliance!(path, { body: { tier: 3, version: 1 } })).body.version).toBe(2);
			const { status, body } = await as.compliance!(path, {
				headers: { 'if-match': '"1"' },
				body: { tier: 2 }
			});
			expect([status, body.code]).toEqual([412, 'refusal.stale']);
			expect(body.current).toEqual((await as.compliance!(`GET /sources/${id}`)).body);
		});

		it.each([
			['PATCH /orders/DEMO-VN-001', 'GET /orders/DEMO-VN-001', { eta: '2026-12-20' }],
			['PATCH /products/QL-PCB-6L-120', 'GET /products/QL-PCB-6L-120', { hsCode: '8534.00' }],
			['POST /checklist-items/1/accept', 'GET /checklist-items/1', {}],
			['POST /evidence/1/revisions', 'GET /evidence/1', { note: 'x', link: 'https://a.example/b' }],
			['POST /items/1/dismiss', 'GET /items/1', { reason: 'Old.' }]
		])('%s of an older version answers 412 with the record', async (request, read, body) => {
			const old = await as.compliance!(request, { body: { ...body, version: 999_999 } });
			expect(old.status).toBe(412);
			expect(old.body.current).toEqual((await as.compliance!(read)).body);
		});
	});

	describe('a POST that names itself', () => {
		const key = (value: string) => ({ 'idempotency-key': value });

		it('is done once, and gets the first answer again', async () => {
			const sent = { body: source(), headers: key('once') };
			const first = await as.compliance!('POST /sources', sent);
			const second = await as.compliance!('POST /sources', sent);
			expect([second.status, second.body]).toEqual([201, first.body]);
			expect(second.headers.get('idempotency-replayed')).toBe('true');
			expect(await named(source().name)).toHaveLength(1);
		});

		it('is refused for another body', async () => {
			await as.compliance!('POST /sources', { body: source(), headers: key('two') });
			const other = await as.compliance!('POST /sources', {
				body: { ...source(), tier: 2 },
				headers: key('two')
			});
			expect([other.status, other.body.code]).toEqual([422, 'api.key_reused']);
		});

		it('is free again after a refusal, which changed nothing', async () => {
			const wrong = await as.compliance!('POST /sources', {
				body: { ...source(), kind: 'feed' },
				headers: key('free')
			});
			expect(wrong.status).toBe(400);
			const right = await as.compliance!('POST /sources', { body: source(), headers: key('free') });
			expect(right.status).toBe(201);
		});

		it('is forgotten after a day', async () => {
			await as.compliance!('POST /sources', { body: source(), headers: key('day') });
			now = new Date('2026-11-24T08:00:01Z');
			const again = await as.compliance!('POST /sources', { body: source(), headers: key('day') });
			expect(again.headers.get('idempotency-replayed')).toBeNull();
			expect(await named(source().name)).toHaveLength(2);
		});

		it('waits while the first has no answer, and lets another person use the same key', async () => {
			const { id: person } = await personCalled(test.db, 'compliance');
			const about = { person, route: 'POST /x', key: 'k', asked: {}, now };
			let finish = () => {};
			const first = once(test.db, about, async () => {
				await new Promise<void>((resolve) => (finish = resolve));
				return answered({ done: 1 });
			});
			await expect
				.poll(() => test.db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, 'k')))
				.toHaveLength(1);
			await expect(once(test.db, about, async () => answered({}))).rejects.toThrow('api.key_busy');
			const lead = await personCalled(test.db, 'lead');
			expect((await once(test.db, { ...about, person: lead.id }, async () => answered({}))).status).toBe(200);
			finish();
			await first;
			expect(await (await once(test.db, about, async () => answered({}))).json()).toEqual({ done: 1 });
		});

		it('keeps no session: signing in looks at no key', async () => {
			const body = { email: 'sales@demo.example', password: 'ruleline-demo' };
			const answers = [1, 2].map(() => as.sales!('POST /sessions', { body, headers: key('in') }));
			const [first, second] = await Promise.all(answers);
			expect(first!.body.token).not.toBe(second!.body.token);
		});
	});

	describe('a cookie', () => {
		const send = (headers: Record<string, string>, cookie = true) =>
			as.compliance!('POST /sources', { body: source(), headers, cookie });

		it.each([
			['from another site', { origin: 'https://evil.example' }, 403],
			['from a page of nowhere', { origin: 'null' }, 403],
			['that the browser marks as cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
			['from a sister site', { 'sec-fetch-site': 'same-site', origin: 'http://ruleline.test' }, 403],
			['from here', { 'sec-fetch-site': 'same-origin', origin: 'http://ruleline.test' }, 201],
			['from no browser', {}, 201]
		])('sent %s', async (_, headers, status) => {
			expect((await send(headers as Record<string, string>)).status).toBe(status);
		});

		it('is needed for the harm: a token of its own may come from anywhere', async () => {
			expect((await send({ origin: 'https://partner.example' }, false)).status).toBe(201);
		});
	});
});
