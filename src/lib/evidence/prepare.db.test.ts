import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptItem, returnItem } from '#lib/checklists/deeds.server.ts';
import { approveRelease, askRelease } from '#lib/checklists/single-deeds.server.ts';
import { checklistItems } from '#lib/checklists/tables.ts';
import { syncOrders } from '#lib/checklists/sync.server.ts';
import { loadDemo } from '#lib/demo/demo.server.ts';
import { orderLines, orders, products } from '#lib/orders/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { people, teamMembers } from '#lib/people/tables.ts';
import { activity } from '#lib/activity/tables.ts';
import { Refusal } from '#lib/refusal.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { askedOf, prepare } from './prepare.server.ts';
import type { Proof } from './proof.ts';
import { addRevision } from './revise.server.ts';
import { servesOrders, suggestionsFor } from './suggestions.server.ts';
import { evidence, evidenceRevisions } from './tables.ts';

const on = '2026-11-23';
const link: Proof = {
	file: null,
	url: 'https://www.quanlan-demo.example/statement/ql-mg-22u',
	note: null,
	evidenceOn: '2026-11-20',
	validFrom: null,
	validUntil: '2028-01-31',
	declared: { statementNumber: 'LPV-2026-0300' }
};

describe('preparing with evidence, in the demo workspace', () => {
	let test: TestDatabase;
	let folder: string;
	let documentation: Person;
	let lead: Person;
	let compliance: Person;

	beforeAll(async () => {
		test = await openTestDatabase();
		folder = await mkdtemp(path.join(tmpdir(), 'ruleline-evidence-'));
	});
	beforeEach(async () => {
		await test.truncate();
		await loadDemo(test.db, createStorage(folder), on);
		documentation = await person('documentation');
		lead = await person('lead');
		compliance = await person('compliance');
	});
	afterAll(async () => {
		await test.close();
		await rm(folder, { recursive: true });
	});

	async function person(name: string): Promise<Person> {
		const [row] = await test.db
			.select()
			.from(people)
			.where(eq(people.email, `${name}@demo.example`));
		const teams = await test.db.select().from(teamMembers).where(eq(teamMembers.person, row!.id));
		return { ...row!, teams: teams.map(({ team, lead: leads }) => ({ team, lead: leads })) };
	}

	async function item(number: string, key: string, sku?: string) {
		const [row] = await test.db
			.select({ item: checklistItems })
			.from(checklistItems)
			.innerJoin(orders, eq(orders.id, checklistItems.order))
			.leftJoin(products, eq(products.id, checklistItems.product))
			.where(
				and(eq(orders.number, number), eq(checklistItems.key, key), sku ? eq(products.sku, sku) : undefined)
			);
		return row!.item;
	}

	/** A second order of the same lines and importer at the same place. */
	async function anotherLike(number: string, as: string): Promise<void> {
		const [like] = await test.db.select().from(orders).where(eq(orders.number, number));
		const lines = await test.db.select().from(orderLines).where(eq(orderLines.order, like!.id));
		const { id: _id, ...copied } = like!;
		const [made] = await test.db
			.insert(orders)
			.values({ ...copied, number: as })
			.returning();
		await test.db
			.insert(orderLines)
			.values(lines.map(({ id: _, ...line }) => ({ ...line, order: made!.id })));
		await syncOrders(test.db, [made!.id], on);
	}

	async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
		const error = await work.then(
			() => null,
			(thrown: unknown) => thrown
		);
		expect(error).toBeInstanceOf(Refusal);
		return error as Refusal;
	}

	const count = async () => (await test.db.select().from(evidence)).length;

	it('done once, it is done on every open order of the product, and accepting carries the name', async () => {
		await anotherLike('DEMO-VN-006', 'DEMO-VN-007');
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		expect((await servesOrders(test.db, own, on)).map((order) => order.number)).toEqual(['DEMO-VN-007']);

		const done = await prepare(test.db, documentation, own.id, link, { version: own.version, on });
		expect([done.orders, done.item.state]).toEqual([2, 'prepared']);
		const other = await item('DEMO-VN-007', 'D2', 'QL-MG-22U');
		expect([other.state, other.preparedBy, other.carriedFrom]).toEqual([
			'prepared',
			documentation.id,
			own.id
		]);

		await acceptItem(test.db, lead, own.id, { version: done.item.version, on });
		const carried = await item('DEMO-VN-007', 'D2', 'QL-MG-22U');
		expect([carried.state, carried.acceptedBy, carried.validUntil]).toEqual([
			'accepted',
			lead.id,
			'2028-01-31'
		]);
		const deeds = await test.db.select().from(activity).where(eq(activity.subjectId, carried.id));
		expect(deeds.map((deed) => deed.deed)).toContain('checklist.accepted');
	});

	it('the preparer may not accept where a second person is asked', async () => {
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		await prepare(test.db, lead, own.id, link, { version: own.version, on });
		const refusal = await refusalOf(acceptItem(test.db, lead, own.id, { on }));
		expect([refusal.key, refusal.status]).toEqual(['checklist.refusal.own_work', 409]);
		expect((await item('DEMO-VN-006', 'D2', 'QL-MG-22U')).state).toBe('prepared');
	});

	it('somebody of another team may not prepare it, and nothing is kept of the attempt', async () => {
		const before = await count();
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const refusal = await refusalOf(prepare(test.db, await person('sales'), own.id, link, { on }));
		expect([refusal.key, refusal.status]).toEqual(['checklist.refusal.other_team', 403]);
		expect(await count()).toBe(before);
	});

	it('evidence that has expired is prepared anew', async () => {
		const expired = await item('DEMO-VN-002', 'D2');
		expect([expired.state, expired.validUntil]).toEqual(['accepted', '2026-11-19']);
		const done = await prepare(test.db, documentation, expired.id, link, { version: expired.version, on });
		expect([done.item.state, done.item.validUntil]).toEqual(['prepared', '2028-01-31']);
	});

	it('newer evidence for what needs no second person replaces what ends earlier on other orders too', async () => {
		await anotherLike('DEMO-VN-002', 'DEMO-VN-008');
		await test.db.update(orders).set({ declarationOn: '2026-12-22' }).where(eq(orders.number, 'DEMO-VN-002'));
		await test.db
			.update(checklistItems)
			.set({ validUntil: '2026-12-18' })
			.where(and(eq(checklistItems.key, 'K2'), eq(checklistItems.state, 'accepted')));
		expect((await item('DEMO-VN-008', 'K2')).validUntil).toBe('2026-12-18');
		const reply = {
			...link,
			url: null,
			note: 'Asked again.',
			evidenceOn: on,
			validUntil: null,
			declared: {}
		};
		await prepare(test.db, await person('customs'), (await item('DEMO-VN-002', 'K2')).id, reply, { on });
		const renewed = await item('DEMO-VN-008', 'K2');
		expect([renewed.validUntil, renewed.carriesUntil]).toEqual([null, '2026-12-23']);
	});

	it('a day that has not come is refused beside its field', async () => {
		const before = await count();
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const future = { ...link, evidenceOn: '2026-11-24' };
		const refusal = await refusalOf(prepare(test.db, documentation, own.id, future, { on }));
		expect([refusal.status, refusal.fields]).toEqual([400, { evidenceOn: { key: 'evidence.field.future' } }]);
		expect(await count()).toBe(before);
	});

	it('a note alone proves no statement, but does for a document', async () => {
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const words = { ...link, url: null, note: 'We have it on paper.', declared: {} };
		const refusal = await refusalOf(prepare(test.db, documentation, own.id, words, { on }));
		expect(refusal.fields).toEqual({ file: { key: 'evidence.field.file_or_link' } });

		const before = await count();
		const noted = await item('DEMO-VN-006', 'D4', 'QL-MG-22U');
		const done = await prepare(test.db, documentation, noted.id, words, { on });
		expect([done.revision, done.item.state, done.item.note]).toEqual([
			null,
			'accepted',
			'We have it on paper.'
		]);
		expect(await count()).toBe(before);
	});

	it("a broker's answer serves its order on arrival, and further orders for as long as its item says", async () => {
		const customs = await person('customs');
		const own = await item('DEMO-VN-006', 'K2');
		const reply = { ...link, url: null, note: 'Nothing else is asked today.', declared: {} };
		const done = await prepare(test.db, customs, own.id, reply, { on });
		expect(done.item).toMatchObject({ state: 'accepted', carriesUntil: '2026-12-20' });
		const late = await refusalOf(
			prepare(test.db, customs, (await item('DEMO-VN-005', 'K2')).id, { reuse: done.revision! }, { on })
		);
		expect(late.key).toBe('evidence.refusal.covers_other');
		const [kept] = await test.db.select().from(evidence).where(eq(evidence.importer, own.importer!));
		expect(kept).toMatchObject({ type: 'reply', covers: 'importer_place', place: own.place });
	});

	it('what is here already is offered, best first, and used with one tap', async () => {
		const website = await person('website');
		const own = await item('DEMO-VN-006', 'W2', 'QL-SN-P10');
		const asked = await askedOf(test.db, own.id);
		const [first, ...rest] = await suggestionsFor(test.db, asked, { today: on, day: '2026-11-29' });
		expect(first).toMatchObject({ validity: 'valid', validUntil: '2028-05-31', by: 'Xu Qianru' });
		expect(rest).toEqual([]);

		const before = await count();
		const done = await prepare(test.db, website, own.id, { reuse: first!.revision }, { on });
		expect([done.revision, done.item.state, done.item.validUntil]).toEqual([
			first!.revision,
			'accepted',
			'2028-05-31'
		]);
		expect(await count()).toBe(before);
	});

	it('evidence of another product is refused, and so is what has expired', async () => {
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const foreign = (await item('DEMO-VN-001', 'D2')).evidenceRevision!;
		const refusal = await refusalOf(prepare(test.db, documentation, own.id, { reuse: foreign }, { on }));
		expect(refusal.key).toBe('evidence.refusal.covers_other');

		const gone = await item('DEMO-VN-002', 'D2');
		const late = { reuse: gone.evidenceRevision! };
		const second = await refusalOf(prepare(test.db, documentation, gone.id, late, { on }));
		expect(second.key).toBe('evidence.refusal.expired');
	});

	it('of two people at once one wins, and the other is shown what it is now', async () => {
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const before = await count();
		const tries = await Promise.allSettled(
			[documentation, lead].map((who) => prepare(test.db, who, own.id, link, { version: own.version, on }))
		);
		expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const lost = tries.find((one) => one.status === 'rejected')!.reason as Refusal;
		expect(lost.status).toBe(412);
		expect(lost.current).toMatchObject({ id: own.id, state: 'prepared', version: own.version + 1 });
		expect(await count()).toBe(before + 1);
	});

	it('two people at two boxes of the same work wait for each other instead of clashing', async () => {
		await anotherLike('DEMO-VN-006', 'DEMO-VN-007');
		const here = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		const there = await item('DEMO-VN-007', 'D2', 'QL-MG-22U');
		const tries = await Promise.allSettled([
			prepare(test.db, documentation, here.id, link, { version: here.version, on }),
			prepare(test.db, lead, there.id, link, { version: there.version, on })
		]);
		expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((tries.find((one) => one.status === 'rejected')!.reason as Refusal).status).toBe(412);
	});

	it('sending back opens it on every order that carried it', async () => {
		await anotherLike('DEMO-VN-006', 'DEMO-VN-007');
		const own = await item('DEMO-VN-006', 'D2', 'QL-MG-22U');
		await prepare(test.db, documentation, own.id, link, { on });
		await acceptItem(test.db, compliance, own.id, { on });
		const carried = await item('DEMO-VN-007', 'D2', 'QL-MG-22U');
		const done = await returnItem(test.db, lead, carried.id, 'The number is missing.', { on });
		expect(done.orders).toBe(2);
		const states = await Promise.all(
			['DEMO-VN-006', 'DEMO-VN-007'].map((number) => item(number, 'D2', 'QL-MG-22U'))
		);
		expect(states.map((one) => [one.state, one.reason])).toEqual([
			['returned', 'The number is missing.'],
			['returned', 'The number is missing.']
		]);
		await prepare(test.db, documentation, carried.id, link, { on });
		expect((await item('DEMO-VN-006', 'D2', 'QL-MG-22U')).state).toBe('prepared');
	});

	it('a release that was asked for falls away when the item is done', async () => {
		const own = await item('DEMO-VN-006', 'D4', 'QL-MG-22U');
		await askRelease(
			test.db,
			documentation,
			own.id,
			{ reason: 'Ship leaves Friday.', until: '2026-11-30' },
			{ on }
		);
		await prepare(test.db, documentation, own.id, { ...link, note: 'Compared.', url: null }, { on });
		const refusal = await refusalOf(approveRelease(test.db, await person('management'), own.id, { on }));
		expect(refusal.key).toBe('checklist.refusal.already_done');
		expect((await item('DEMO-VN-006', 'D4', 'QL-MG-22U')).releasedUntil).toBeNull();
	});

	it('a newer revision changes nothing that was accepted', async () => {
		const own = await item('DEMO-VN-001', 'D2');
		const [held] = await test.db
			.select()
			.from(evidenceRevisions)
			.where(eq(evidenceRevisions.id, own.evidenceRevision!));
		const number = await addRevision(test.db, documentation, held!.evidence, link, { version: 1, on });
		expect(number).toBe(2);
		expect(await item('DEMO-VN-001', 'D2')).toMatchObject({
			state: 'accepted',
			evidenceRevision: own.evidenceRevision,
			version: own.version
		});
		const again = await refusalOf(
			addRevision(test.db, documentation, held!.evidence, link, { version: 1, on })
		);
		expect(again.status).toBe(412);
	});
});
