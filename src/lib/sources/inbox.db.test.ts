import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { history } from '#lib/activity/activity.server.ts';
import { people } from '#lib/people/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { createStorage } from '#lib/server/storage/storage.server.ts';
import { changes, measures } from '../changes/tables.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { deferItem, dismissItem, linkItem, reopenItem, returnDeferred } from './decide.server.ts';
import { enterItem } from './enter.server.ts';
import { Entry } from './forms.ts';
import { countByState, listItems, readItem } from './inbox.server.ts';
import { captures, items, sourceTiers } from './tables.ts';

describeWithDatabase('the inbox', (context) => {
	let folder: string;
	let lin: Person;
	let shen: Person;
	let member: Person;
	let item: number;
	const today = '2026-11-23';

	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'inbox-'));
	});
	afterAll(() => rm(folder, { recursive: true }));
	beforeEach(async () => {
		lin = await addPerson('Lin Yutong', ['compliance']);
		shen = await addPerson('Shen Jiayi', ['compliance']);
		member = await addPerson('Tao Rui', []);
		item = await enter({ title: 'Da Nang added', newSource: 'Forwarder', tier: '4' });
	});

	async function addPerson(name: string, roles: Person['roles']): Promise<Person> {
		const values = { name, email: `${name}@demo.example`, passwordHash: '', roles };
		const [row] = await context.db.insert(people).values(values).returning();
		return { ...row!, teams: [] };
	}
	function enter(entry: Record<string, string>, person = lin): Promise<number> {
		const written = Entry.parse({ text: 'From 1 December 2026.', ...entry });
		return enterItem(context.db, person, written, { storage: createStorage(folder), now: () => new Date() });
	}
	async function addChange(): Promise<number> {
		const [measure] = await context.db.insert(measures).values({ key: 'm', names: {} }).returning();
		const values = { measure: measure!.id, kind: 'port', title: { en: 'Da Nang' } } as const;
		const [change] = await context.db.insert(changes).values(values).returning();
		return change!.id;
	}
	const dismiss = (person: Person, version: number) =>
		dismissItem(context.db, person, item, { version, reason: 'not our port' });
	const stateOf = async () => (await readItem(context.db, item)).state;

	it('takes what a person enters as an equal: source with tier, capture, quotable text', async () => {
		const read = await readItem(context.db, item);
		expect(read).toMatchObject({ state: 'new', sourceName: 'Forwarder', tier: 4, publishedAt: null });
		expect(read.wordings[0]!.text).toBe('Da Nang added\nFrom 1 December 2026.');
		expect(await context.db.select().from(sourceTiers)).toMatchObject([{ tier: 4, person: lin.id }]);
		const [capture] = await context.db.select().from(captures);
		expect(await createStorage(folder).bytes(capture!.sha256)).toEqual(Buffer.from(read.wordings[0]!.text));
	});

	it('refuses the same text a second time, and one without a source', async () => {
		const { source } = await readItem(context.db, item);
		const again = enter({ title: 'Da Nang added', source: String(source) });
		await expect(again).rejects.toMatchObject({ key: 'inbox.refusal.known' });
		expect(await context.db.select().from(captures)).toHaveLength(1);
		const paths = Entry.safeParse({ title: 'A', text: 'B' }).error!.issues.map((issue) => issue.path[0]);
		expect(paths).toEqual(['newSource', 'tier']);
		await expect(enter({ title: 'B', source: '999' })).rejects.toMatchObject({ status: 404 });
	});

	it('keeps the day a person gives, in the zones we do business in', async () => {
		const dated = await enter({ title: 'Dated', newSource: 'Broker', tier: '4', published: '2026-11-20' });
		const { publishedAt } = await readItem(context.db, dated);
		for (const timeZone of ['Asia/Ho_Chi_Minh', 'Asia/Shanghai']) {
			expect(new Intl.DateTimeFormat('en-CA', { timeZone }).format(publishedAt!)).toBe('2026-11-20');
		}
	});

	it('dismisses with a reason and puts back', async () => {
		const dismissed = await dismiss(lin, 1);
		expect(dismissed).toMatchObject({
			state: 'dismissed',
			reason: 'not our port',
			decidedBy: lin.id,
			version: 2
		});
		await expect(dismiss(lin, 2)).rejects.toMatchObject({ key: 'inbox.refusal.dismissed', status: 409 });
		expect(await reopenItem(context.db, shen, item, { version: 2 })).toMatchObject({
			state: 'new',
			reason: null
		});
		const told = await history(context.db, { subject: 'item', subjectId: item, limit: 10 });
		expect(told.map(({ deed, person }) => [deed, person])).toEqual([
			['item.reopened', 'Shen Jiayi'],
			['item.dismissed', 'Lin Yutong'],
			['item.entered', 'Lin Yutong']
		]);
	});

	it('defers until a day to come, and that day brings it back', async () => {
		const past = deferItem(context.db, lin, item, { version: 1, until: today, today });
		await expect(past).rejects.toMatchObject({
			status: 400,
			fields: { until: { key: 'inbox.field.until_past' } }
		});
		await deferItem(context.db, lin, item, { version: 1, until: '2026-12-01', today });
		expect(await returnDeferred(context.db, '2026-11-30')).toBe(0);
		expect(await stateOf()).toBe('deferred');
		expect(await returnDeferred(context.db, '2026-12-01')).toBe(1);
		expect(await stateOf()).toBe('new');
		const [back] = await history(context.db, { subject: 'item', subjectId: item, limit: 1 });
		expect(back).toMatchObject({ deed: 'item.reopened', person: null });
	});

	it('links to a change that there is, once', async () => {
		const link = (change: number, version: number) =>
			context.db.transaction((tx) => linkItem(tx, lin, item, change, version));
		await expect(link(4711, 1)).rejects.toMatchObject({ status: 404 });
		const change = await addChange();
		expect(await link(change, 1)).toMatchObject({ state: 'linked', change });
		await expect(link(change, 2)).rejects.toMatchObject({ key: 'inbox.refusal.linked' });
		expect(await reopenItem(context.db, lin, item, { version: 2 })).toMatchObject({
			state: 'new',
			change: null
		});
	});

	it('tells the second of two people that the first was faster', async () => {
		const both = await Promise.allSettled([dismiss(lin, 1), dismiss(shen, 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const second = both.find((outcome) => outcome.status === 'rejected');
		expect(second!.reason).toMatchObject({ status: 412, current: { state: 'dismissed', version: 2 } });
	});

	it('changes nothing for people whose role does not decide', async () => {
		await expect(dismiss(member, 1)).rejects.toMatchObject({ status: 403 });
		await expect(enter({ title: 'B', newSource: 'B', tier: '1' }, member)).rejects.toMatchObject({
			status: 403
		});
		expect(await stateOf()).toBe('new');
	});

	it('is read by state, source and words, page by page', async () => {
		const other = await enter({
			title: '100 % of rice',
			newSource: 'Desk',
			tier: '3',
			text: 'Nothing on ports.'
		});
		await enter({ title: 'Third', newSource: 'Third', tier: '3' });
		await dismissItem(context.db, lin, other, { version: 1, reason: 'rice' });
		const ids = async (query: object) =>
			(await listItems(context.db, { limit: 10, ...query })).items.map(({ title }) => title);
		expect(await ids({ state: 'new' })).toEqual(['Third', 'Da Nang added']);
		expect(await ids({ search: '0 % of' })).toEqual(['100 % of rice']);
		expect(await ids({ search: 'nothing ON' })).toEqual(['100 % of rice']);
		const first = await listItems(context.db, { limit: 2 });
		expect(first.next).toBe(other);
		expect(await ids({ before: first.next })).toEqual(['Da Nang added']);
		expect(await countByState(context.db)).toEqual({ new: 2, dismissed: 1, deferred: 0, linked: 0 });
		await expect(readItem(context.db, 4711)).rejects.toMatchObject({ status: 404 });
		expect(await context.db.select().from(items).where(eq(items.state, 'dismissed'))).toHaveLength(1);
	});
});
