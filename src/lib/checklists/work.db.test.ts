import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '#lib/demo/demo.server.ts';
import type { Person } from '#lib/people/roles.ts';
import { people, teamMembers } from '#lib/people/tables.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import en from '#lib/words/en.json' with { type: 'json' };
import { wordsFor } from '#lib/words/words.ts';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { assignItem } from './single-deeds.server.ts';
import { checklistItems } from './tables.ts';
import { grouped, type TodoFilters, type TodoView } from './todo.ts';
import { todoChoices, todoCounts, todoList, viewsFor } from './work.server.ts';

const today = '2026-11-23';
const words = wordsFor('en', en, 'Asia/Ho_Chi_Minh');
const none: TodoFilters = { view: '', team: '', product: '', order: '', after: '' };

describe('what waits to be done, in the demo workspace', () => {
	let test: TestDatabase;
	let folder: string;

	beforeAll(async () => {
		test = await openTestDatabase();
		await test.truncate();
		folder = await mkdtemp(path.join(tmpdir(), 'ruleline-work-'));
		await loadDemo(test.db, createStorage(folder), today);
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
		return { ...row!, teams: teams.map(({ team, lead }) => ({ team, lead })) };
	}
	const list = async (who: string, view: TodoView, more: Partial<TodoFilters> = {}, limit?: number) =>
		todoList(test.db, await person(who), words, { ...none, ...more, view }, today, limit);

	it('is the same number on the tab as in the list', async () => {
		for (const who of ['compliance', 'lead', 'customs', 'management']) {
			const counts = await todoCounts(test.db, await person(who), today);
			for (const view of viewsFor(await person(who))) {
				expect([who, view, (await list(who, view, {}, 500)).rows.length]).toEqual([who, view, counts[view]]);
			}
		}
	});

	it('shows a team its own work only, earliest due first, and says what was sent back or ends too early', async () => {
		const { rows } = await list('documentation', 'team', {}, 500);
		expect(new Set(rows.map((row) => row.team))).toEqual(new Set(['documentation']));
		const days = rows.map((row) => row.dueOn ?? '9999-12-31');
		expect(days).toEqual([...days].sort());
		const states = Object.fromEntries(rows.map((row) => [`${row.title} ${row.about}`, row.state]));
		expect(states['ISO 14067 statement for the model QL-CN-40P']).toBe('returned');
		expect(states['ISO 14067 statement for the model QL-PM-150W-24']).toBe('expired');
		expect(rows.some((row) => row.state === 'prepared')).toBe(false);
	});

	it('is one row for the same work on several orders', async () => {
		const [other] = await test.db
			.select({ id: checklistItems.id })
			.from(checklistItems)
			.where(sql`${checklistItems.key} = 'P3' and ${checklistItems.state} = 'open'`)
			.limit(1);
		const { rows } = await list('compliance', 'all', {}, 500);
		const keys = rows.map((row) => `${row.title} ${row.about} ${row.covers} ${row.state}`);
		expect(new Set(keys).size).toBe(keys.length);
		expect(other).toBeDefined();
		expect(rows.filter((row) => row.orders > 1).every((row) => row.covers !== 'order')).toBe(true);
		expect(rows.some((row) => row.orders > 1)).toBe(true);
	});

	it('holds what is asked beside any order too', async () => {
		const { rows } = await list('compliance', 'team', {}, 500);
		const weekly = rows.find((row) => row.title === 'Go through the watch list')!;
		expect(weekly).toMatchObject({ covers: 'measure', orders: 0 });
		expect(weekly.about).toContain('week of');
	});

	it('offers to accept what others have prepared, to those who may', async () => {
		const { rows } = await list('lead', 'waiting', {}, 500);
		expect(rows.map((row) => [row.about, row.preparer]).sort()).toEqual([
			['QL-CN-40P', 'Xu Qianru'],
			['QL-SN-P10', 'Xu Qianru']
		]);
		expect(viewsFor(await person('documentation'))).toEqual(['mine', 'team']);
	});

	it('reads page after page without losing or repeating a row', async () => {
		const all = (await list('compliance', 'all', {}, 500)).rows.map((row) => row.id);
		const read: number[] = [];
		for (let after: string | null = ''; after !== null;) {
			const page: Awaited<ReturnType<typeof list>> = await list('compliance', 'all', { after }, 7);
			read.push(...page.rows.map((row) => row.id));
			after = page.next;
		}
		expect(read).toEqual(all);
	});

	it('narrows by product and order, and offers only those that have something waiting', async () => {
		const { products, orders } = await todoChoices(test.db, await person('customs'), 'team', today);
		expect(products).toEqual([]);
		expect(orders).toContain('DEMO-VN-006');
		expect(orders).not.toContain('DEMO-VN-003');
		const { rows } = await list('documentation', 'team', { product: 'QL-MG-22U' }, 500);
		expect(new Set(rows.map((row) => row.about))).toEqual(new Set(['QL-MG-22U']));
		expect((await list('documentation', 'team', { order: 'no such order' })).rows).toEqual([]);
	});

	it('is mine once it is given to me', async () => {
		const me = await person('customs');
		expect((await list('customs', 'mine')).rows).toEqual([]);
		const { rows } = await list('customs', 'team');
		await assignItem(test.db, me, rows[0]!.id, me.id, { on: today });
		expect((await list('customs', 'mine')).rows.map((row) => row.assignee)).toEqual([me.name]);
	});
});

describe('the headings of the list', () => {
	const row = (id: number, dueOn: string | null) => ({ id, dueOn }) as Parameters<typeof grouped>[0][number];

	it('follow the week, which ends on Sunday', () => {
		const rows = [
			row(1, '2026-11-20'),
			row(2, '2026-11-23'),
			row(3, '2026-11-29'),
			row(4, '2026-11-30'),
			row(5, null)
		];
		expect(grouped(rows, today).map(({ group, rows: under }) => [group, under.map((one) => one.id)])).toEqual(
			[
				['overdue', [1]],
				['today', [2]],
				['week', [3]],
				['later', [4]],
				['none', [5]]
			]
		);
		expect(grouped([], today)).toEqual([]);
	});
});
