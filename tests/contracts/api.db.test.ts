import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '#lib/api/operations.ts';
import { items } from '#lib/sources/tables.ts';
import { castOf, succeeded, type Client } from '../support/api.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { withDemo } from '../support/demo.ts';

/** What a feed says when it is asked over the network. */
const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>
	<item><guid>1</guid><title>Da Nang named</title><link>https://desk.example/1</link></item></channel></rss>`;
const outbound = {
	get: async (url: string) => ({
		...{ status: 200, url, headers: { 'content-type': 'text/xml' } },
		bytes: new TextEncoder().encode(feed)
	})
};

describe('the API from a source to a box on an order', () => {
	let test: TestDatabase;
	let as: Record<string, Client>;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		as = await castOf({ db: test.db, storage: await withDemo(test.db), outbound: outbound as never });
	});
	afterAll(() => test.close());

	it('signs in, and out again', async () => {
		const given = { email: 'sales@demo.example', password: 'ruleline-demo' };
		const { status, body } = await as.nobody!('POST /sessions', { body: given });
		expect([status, body.person.email]).toEqual([201, given.email]);
		expect(body.token.length).toBeGreaterThan(20);
		const wrong = await as.nobody!('POST /sessions', { body: { ...given, password: 'wrong' } });
		expect([wrong.status, wrong.body.code]).toEqual([400, 'sign_in.wrong']);
		expect((await as.sales!('DELETE /sessions/current')).status).toBe(204);
	});

	it('keeps, polls, changes and removes a source', async () => {
		const compliance = as.compliance!;
		const given = { name: 'Desk', tier: 3, kind: 'feed', url: 'https://desk.example/feed' };
		const { status, body: source } = await compliance('POST /sources', { body: given });
		expect([status, source.version, source.enabled]).toEqual([201, 1, true]);
		const poll = await compliance(`POST /sources/${source.id}/poll`);
		expect([poll.status, poll.body.source]).toEqual([202, source.id]);
		expect(poll.body).toMatchObject({ outcome: 'read', newItems: 1, trouble: null });
		const { body: now } = await compliance(`GET /sources/${source.id}`);
		const patch = { name: 'The desk', enabled: false, version: now.version };
		const { body: changed } = await compliance(`PATCH /sources/${source.id}`, { body: patch });
		expect(changed).toMatchObject({ name: 'The desk', enabled: false, health: 'off', tier: 3 });
		const manual = await compliance('POST /sources', { body: { name: 'Broker', tier: 4, kind: 'manual' } });
		const headers = { 'if-match': '"1"' };
		expect((await compliance(`DELETE /sources/${manual.body.id}`, { headers })).status).toBe(204);
		expect((await compliance(`GET /sources/${manual.body.id}`)).body.code).toBe('refusal.not_found');
	});

	it('decides on items of the inbox', async () => {
		const compliance = as.compliance!;
		const entry = { title: 'Call', text: 'The broker heard of a list.', newSource: 'Phone', tier: 4 };
		const { body: item } = await compliance('POST /items', { body: entry });
		const steps: [string, object, string][] = [
			['dismiss', { reason: 'Nothing new.' }, 'dismissed'],
			['reopen', {}, 'new'],
			['defer', { until: '2026-12-01' }, 'deferred'],
			['link', { change: 1 }, 'linked']
		];
		let version = item.version;
		for (const [verb, body, state] of steps) {
			const answer = await compliance(`POST /items/${item.id}/${verb}`, { body: { ...body, version } });
			expect([verb, answer.body.state]).toEqual([verb, state]);
			version = answer.body.version;
		}
		expect((await compliance(`GET /items/${item.id}`)).body.change).toBe(1);
		const { body: list } = await compliance('GET /items?state=linked&q=broker');
		expect(list.items.map(({ id }: { id: number }) => id)).toEqual([item.id]);
	});

	it('judges a port change, uses it, and takes it back', async () => {
		const compliance = as.compliance!;
		const [heard] = await test.db.select().from(items).where(eq(items.state, 'new')).limit(1);
		const start = { kind: 'port', title: 'Da Nang', appliesFrom: '2026-12-01', item: heard!.id };
		const { status, body: draft } = await compliance('POST /changes', { body: start });
		expect([status, draft.state, draft.appliesFrom, draft.publishedOn]).toEqual([
			201,
			'draft',
			'2026-12-01',
			null
		]);
		const path = `/changes/${draft.id}`;
		const attestation = { item: heard!.id, summary: 'A trade desk names the port.', statement: 'reported' };
		const said = { subject: 'pilot', predicate: 'scope.place', value: 'VNDAD', paraphrase: 'Da Nang joins.' };
		const { body: claim } = await compliance(`POST ${path}/claims`, { body: { ...said, attestation } });
		expect(claim).toMatchObject({ key: 'C27', certainty: 'uncorroborated' });
		const asked = { text: 'Is Tien Sa part of it?', assumption: 'It is.', reviewOn: '2026-12-10' };
		const { body: question } = await compliance(`POST ${path}/questions`, { body: asked });
		expect(question.key).toBe('Q21');
		const effect = { part: 'place', op: 'set', value: 'VNDAD', from: '2026-12-01', until: null };
		const effects = [{ ...effect, cites: [claim.key, 'Q18'] }];
		const { body: edited } = await compliance(`PATCH ${path}`, { body: { effects, version: draft.version } });
		expect(edited.effects).toEqual(effects);
		const { body: same } = await compliance(`PATCH ${path}`, { body: { effects, version: edited.version } });
		expect(same.version).toBe(edited.version);
		const impact = (await compliance(`GET ${path}/impact`)).body;
		expect(impact.reached.map(({ number }: { number: string }) => number)).toEqual(['DEMO-VN-003']);
		expect([impact.unchanged, impact.itemsAdded, impact.basis.ruleVersion]).toEqual([5, 23, 1]);
		const { body: review } = await compliance(`POST ${path}/submit`, { body: { version: edited.version } });
		const { body: used } = await compliance(`POST ${path}/publish`, { body: { version: review.version } });
		expect(used).toMatchObject({ ruleVersion: 2, orders: ['DEMO-VN-003'], itemsAdded: 23 });
		expect(used.change.state).toBe('published');
		const checklist = (await as.sales!('GET /orders/DEMO-VN-003/checklist')).body.items;
		expect(checklist).toHaveLength(23);
		expect(checklist.filter(({ mandatory }: { mandatory: boolean }) => mandatory)).toHaveLength(9);
		const { body: current } = await as.sales!('GET /rule-versions/current');
		expect(current.parts.some(({ value }: { value: string }) => value === 'VNDAD')).toBe(true);
		const { body: known } = await as.sales!('GET /rule-versions/current?known=2026-07-05');
		expect(known.version).toBe(1);
		expect((await as.sales!('GET /rule-versions')).body.items).toHaveLength(2);
		expect((await as.sales!('GET /rule-versions/1')).body.playbook).toHaveLength(26);
		expect((await as.sales!('GET /changes?state=published')).body.items).toHaveLength(2);
		expect((await as.sales!(`GET ${path}/claims`)).body.items).toHaveLength(1);
		expect((await as.sales!(`GET ${path}/questions`)).body.items).toHaveLength(1);
		expect((await as.sales!(`GET ${path}`)).body.version).toBe(used.change.version);
	});

	it('does the work on an order: a file and a link, a second person, and money that moves', async () => {
		const { documentation, compliance } = as as Record<string, Client>;
		const list = async () => (await as.sales!('GET /orders/DEMO-VN-003/checklist')).body.items;
		const item = async (key: string) => (await list()).find((one: { key: string }) => one.key === key);
		const form = new FormData();
		const d2 = await item('D2');
		form.set('version', String(d2.version));
		form.set('link', 'https://verifier.example/st/1');
		form.set('declared.statementNumber', 'ST-1');
		form.set('file', new File(['%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF'], 'statement.pdf'));
		const path = `/checklist-items/${d2.id}`;
		const prepared = await documentation!(`POST ${path}/prepare`, { body: form });
		expect(prepared.body.item).toMatchObject({ state: 'prepared', prepared: { by: expect.any(String) } });
		const { version } = prepared.body.item;
		const own = await documentation!(`POST ${path}/accept`, { body: { version } });
		expect(own.status).toBe(403);
		const sent = await compliance!(`POST ${path}/return`, {
			body: { version, reason: 'Page 2 is missing.' }
		});
		expect(sent.body.item.state).toBe('returned');
		const reuse = { reuse: prepared.body.item.evidence.revision, version: sent.body.item.version };
		const again = await documentation!(`POST ${path}/prepare`, { body: reuse });
		const accepted = await compliance!(`POST ${path}/accept`, { body: { version: again.body.item.version } });
		expect(accepted.body.orders).toBeGreaterThan(1);
		expect((await as.sales!(`GET ${path}`)).body.state).toBe('accepted');

		const evidence = (await as.sales!(`GET /evidence/${accepted.body.item.evidence.id}`)).body;
		expect(evidence.newest).toMatchObject({
			declared: { statementNumber: 'ST-1' },
			link: 'https://verifier.example/st/1'
		});
		expect(evidence.newest.file).toMatchObject({ name: 'statement.pdf', mediaType: 'application/pdf' });
		const newer = { link: 'https://verifier.example/st/2', version: evidence.version };
		const revision = await documentation!(`POST /evidence/${evidence.id}/revisions`, { body: newer });
		expect([revision.status, revision.body.number]).toEqual([201, 2]);
		expect((await as.sales!(`GET /evidence/${evidence.id}/revisions`)).body.items).toHaveLength(2);
		const kept = { type: 'clause', order: 'DEMO-VN-003', note: 'Clause 7 of the contract.' };
		const { body: clause } = await documentation!('POST /evidence', { body: kept });
		expect((await as.sales!('GET /evidence?order=DEMO-VN-003')).body.items[0].id).toBe(clause.id);

		const d4 = await item('D4');
		const given = await documentation!(`POST /checklist-items/${d4.id}/assign`, {
			body: { person: null, version: d4.version }
		});
		const release = { reason: 'The buyer is told.', until: '2026-12-20', version: given.body.item.version };
		const askedFor = await documentation!(`POST /checklist-items/${d4.id}/release`, { body: release });
		const approved = await as.management!(`POST /checklist-items/${d4.id}/release/approve`, {
			body: { version: askedFor.body.item.version }
		});
		expect(approved.body.item).toMatchObject({ state: 'released', releasedUntil: '2026-12-20' });
		const reopened = await compliance!(`POST /checklist-items/${d4.id}/reopen`, {
			body: { version: approved.body.item.version }
		});
		const spared = await compliance!(`POST /checklist-items/${d4.id}/not-needed`, {
			body: { version: reopened.body.item.version, reason: 'Asked of another order.' }
		});
		expect(spared.body.item.state).toBe('not_needed');
	});

	it('takes the change back, and the order is asked for nothing', async () => {
		const [change] = (await as.compliance!('GET /changes?kind=port')).body.items;
		const body = { version: change.version, reason: 'The circular was taken back.' };
		const taken = await as.compliance!(`POST /changes/${change.id}/withdraw`, { body });
		expect(taken.body).toMatchObject({ ruleVersion: 3, orders: ['DEMO-VN-003'] });
		expect((await as.sales!('GET /orders/DEMO-VN-003')).body.judgement.readiness).toBe('not_asked');
	});

	it('adds a product and an order, changes and closes it', async () => {
		const sales = as.sales!;
		const names = { en: 'Relay' };
		const category = (await sales('GET /products/QL-PCB-6L-120')).body.category;
		const { body: product } = await sales('POST /products', { body: { sku: 'QL-R-1', category, names } });
		const renamed = { names: { vi: 'Rơ le' }, version: product.version };
		expect((await sales('PATCH /products/QL-R-1', { body: renamed })).body.names).toEqual({
			...names,
			vi: 'Rơ le'
		});
		expect((await sales('GET /products?q=ql-r')).body.items).toHaveLength(1);
		const usd = (amount: string) => ({ amount, currency: 'USD' });
		const start = {
			...{
				number: 'API-1',
				buyer: 'Sao Mai',
				importer: 'Sao Mai',
				incoterm: 'CIF',
				place: 'VNHPH',
				currency: 'USD'
			},
			...{ eta: '2026-12-20', exporterCountry: 'CN', loadingCountry: 'CN', freight: usd('100.00') },
			lines: [{ sku: 'QL-PCB-6L-120', quantity: 10, unitPrice: usd('9.50'), originCountry: 'CN' }]
		};
		const { status, body: order } = await sales('POST /orders', { body: start });
		expect([status, order.lines[0].value, order.judgement.readiness]).toEqual([
			201,
			usd('95.00'),
			'not_ready'
		]);
		const patch = { eta: '2026-12-24', version: order.version };
		const { body: moved } = await sales('PATCH /orders/API-1', { body: patch });
		expect([moved.eta, moved.lines[0].value, moved.freight]).toEqual([
			'2026-12-24',
			usd('95.00'),
			usd('100.00')
		]);
		const closing = { closed: true, version: moved.version };
		expect((await sales('PATCH /orders/API-1', { body: closing })).body.closed).toBe(true);
		const other = { ...start, number: 'API-2', freight: { amount: '1', currency: 'CNY' } };
		const refused = await sales('POST /orders', { body: other });
		expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['freight.currency']]);
		expect((await sales('GET /orders?sort=number&limit=2')).body.next).not.toBeNull();
	});

	it('says and hears about a record', async () => {
		const order = (await as.sales!('GET /orders/DEMO-VN-001')).body.id;
		const about = { subject: 'order', id: order };
		const { body: said } = await as.sales!('POST /comments', { body: { ...about, body: 'Vessel is late.' } });
		expect((await as.lead!(`GET /comments?subject=order&id=${order}`)).body.items).toContainEqual(said);
		expect((await as.sales!('GET /comments?subject=order&id=99999')).status).toBe(404);
		// Sales has no part in the inbox, so what is said there is not for sales either.
		expect((await as.sales!('GET /comments?subject=item&id=1')).status).toBe(403);
		expect((await as.compliance!('GET /comments?subject=item&id=1')).status).toBe(200);
	});

	it('was asked for everything that changes something', () => {
		expect(names.filter((name) => !name.startsWith('GET ') && !succeeded.has(name))).toEqual([]);
	});
});
