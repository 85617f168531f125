import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checklistItems } from '#lib/checklists/tables.ts';
import { loadDemo } from '#lib/demo/demo.server.ts';
import { orders } from '#lib/orders/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { people, teamMembers } from '#lib/people/tables.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import vi from '#lib/words/vi.json' with { type: 'json' };
import { wordsFor } from '#lib/words/words.ts';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { libraryFilters } from './library.ts';
import { listEvidence, readEvidence } from './library.server.ts';
import { panel } from './panel.server.ts';

const today = '2026-11-23';
const words = wordsFor('vi', vi, 'Asia/Ho_Chi_Minh');

describe('what the panel and the library show, in the demo workspace', () => {
	let test: TestDatabase;
	let folder: string;
	let documentation: Person;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		folder = await mkdtemp(path.join(tmpdir(), 'ruleline-panel-'));
		await loadDemo(test.db, createStorage(folder), today);
		const [row] = await test.db.select().from(people).where(eq(people.email, 'documentation@demo.example'));
		const teams = await test.db.select().from(teamMembers).where(eq(teamMembers.person, row!.id));
		documentation = { ...row!, teams };
	});
	afterAll(async () => {
		await test.close();
		await rm(folder, { recursive: true });
	});

	async function shown(number: string, key: string, state?: 'returned') {
		const [row] = await test.db
			.select({ id: checklistItems.id })
			.from(checklistItems)
			.innerJoin(orders, eq(orders.id, checklistItems.order))
			.where(
				and(eq(orders.number, number), eq(checklistItems.key, key), state && eq(checklistItems.state, state))
			);
		return panel(test.db, documentation, words, row!.id, today);
	}

	it('names whose acceptance a carried item shows, in the words of who looks', async () => {
		const carried = await shown('DEMO-VN-005', 'D2');
		expect(carried).toMatchObject({
			state: 'accepted',
			title: 'Tuyên bố thẩm tra ISO 14067 cho mẫu mã',
			carriedFrom: { number: 'DEMO-VN-001' },
			accepted: { who: 'Zhou Mingzhe' },
			expired: false
		});
		expect(carried.why.claims.map((claim) => [claim.key, claim.certainty])).toEqual([
			['C11', 'uncorroborated'],
			['C20', 'uncorroborated']
		]);
	});

	it('offers nothing that has expired with one tap, and says why a deed is not open to this person', async () => {
		const expired = await shown('DEMO-VN-002', 'D2');
		expect(expired.expired).toBe(true);
		expect(expired.offers.map(({ good, usable }) => ({ good, usable }))).toEqual([
			{ good: false, usable: false }
		]);
		expect([expired.whyNot.prepare, expired.whyNot.accept]).toEqual([
			null,
			words.t('checklist.refusal.nothing_prepared')
		]);
	});

	it('does not offer first what was sent back', async () => {
		const returned = await shown('DEMO-VN-004', 'D2', 'returned');
		expect(returned.offers[0]).toMatchObject({ good: false, validity: words.t('item.offer.sent_back') });
	});

	it('finds evidence by kind, product, validity and words', async () => {
		const found = async (query: string) =>
			(await listEvidence(test.db, words, libraryFilters(new URLSearchParams(query)), today)).rows;
		expect((await found('state=expired')).map((row) => row.about)).toEqual(['QL-PM-150W-24']);
		expect((await found('type=reply')).length).toBe(3);
		expect((await found('q=lpv-2026-0117')).map((row) => [row.about, row.orders])).toEqual([
			['QL-PCB-6L-120', 2]
		]);
		expect(await found('q=100%25')).toEqual([]);
		const [row] = await found('q=lpv-2026-0117');
		const one = await readEvidence(test.db, documentation, words, row!.id, today);
		expect(one.uses.map((use) => use.order)).toEqual(['DEMO-VN-001', 'DEMO-VN-005']);
	});
});
