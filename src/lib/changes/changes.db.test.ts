import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { activity } from '#lib/activity/tables.ts';
import { items } from '#lib/sources/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import { daNang, quoting, read, someone } from '../../../tests/support/changes.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import {
	changeById,
	createDraft,
	editChange,
	inState,
	listChanges,
	redraftChange,
	submitChange
} from './changes.server.ts';
import { addClaim } from './claims.server.ts';
import { whyNotPublish } from './permissions.ts';
import { changes } from './tables.ts';

describeWithDatabase('a change on its way into use', (context) => {
	async function draft() {
		const { db } = context;
		await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const item = await read(db, { name: 'Trade desk', homepage: 'https://www.trade-desk.example/news' });
		const id = await createDraft(db, person, { kind: 'port', title: 'Da Nang added', notes: '', item });
		return { db, person, item, id };
	}

	it('starts from an item of the inbox, which is linked to it, with every date unknown', async () => {
		const { db, item, id } = await draft();
		expect(await changeById(db, id)).toMatchObject({
			state: 'draft',
			title: { en: 'Da Nang added' },
			announcedOn: null,
			appliesFrom: null
		});
		const [linked] = await db.select().from(items).where(eq(items.id, item));
		expect(linked).toMatchObject({ state: 'linked', change: id });
	});

	it('leaves nothing behind when the item cannot be linked', async () => {
		const { db, person } = await draft();
		const before = (await listChanges(db, { limit: 50 })).rows.length;
		await expect(
			createDraft(db, person, { kind: 'port', title: 'Twice', notes: '', item: 999 })
		).rejects.toMatchObject({ status: 404 });
		expect((await listChanges(db, { limit: 50 })).rows).toHaveLength(before);
	});

	it('keeps a title in the other languages when one is edited', async () => {
		const { db, person, id } = await draft();
		const days = { announcedOn: null, publishedOn: null, appliesFrom: '2026-12-01', appliesUntil: null };
		await editChange(db, person, id, { title: 'Da Nang', notes: '**new**', ...days, version: 1 });
		await editChange(db, { ...person, locale: 'vi' }, id, {
			title: 'Đà Nẵng',
			notes: '',
			...days,
			version: 2
		});
		expect(await changeById(db, id)).toMatchObject({
			title: { en: 'Da Nang', vi: 'Đà Nẵng' },
			appliesFrom: '2026-12-01',
			version: 3
		});
	});

	it('refuses an end before its beginning, beside the field', async () => {
		const { db, person, id } = await draft();
		const days = {
			announcedOn: null,
			publishedOn: null,
			appliesFrom: '2026-12-01',
			appliesUntil: '2026-11-30'
		};
		await expect(
			editChange(db, person, id, { title: 'x', notes: '', ...days, version: 1 })
		).rejects.toMatchObject({
			status: 400,
			fields: { appliesUntil: { key: 'changes.until_before_from' } }
		});
	});

	it('tells the second of two people what the first one wrote', async () => {
		const { db, person, id } = await draft();
		const days = { announcedOn: null, publishedOn: null, appliesFrom: null, appliesUntil: null };
		await editChange(db, person, id, { title: 'First', notes: '', ...days, version: 1 });
		await expect(
			editChange(db, person, id, { title: 'Second', notes: '', ...days, version: 1 })
		).rejects.toMatchObject({ status: 412, current: { title: { en: 'First' }, version: 2 } });
	});

	it('goes to review only with a claim, and back', async () => {
		const { db, person, item, id } = await draft();
		await expect(submitChange(db, person, id, 1)).rejects.toMatchObject({ key: 'changes.refusal.no_claims' });
		await addClaim(db, person, id, daNang, quoting(item, 'entering through Da Nang'));
		await submitChange(db, person, id, 1);
		await redraftChange(db, person, id, 2);
		expect(await changeById(db, id)).toMatchObject({ state: 'draft', version: 3 });
		const told = await db.select({ deed: activity.deed }).from(activity).orderBy(activity.id);
		expect(told.map((row) => row.deed)).toEqual([
			'item.linked',
			'change.created',
			'claim.added',
			'change.submitted',
			'change.redrafted'
		]);
	});

	it('is not edited by people without the role, nor once it is in use', async () => {
		const { db, person, id } = await draft();
		const sales = await someone(db, 'Mai', []);
		const edit = { title: 'x', notes: '', announcedOn: null, publishedOn: null, appliesFrom: null };
		await expect(
			editChange(db, sales, id, { ...edit, appliesUntil: null, version: 1 })
		).rejects.toMatchObject({ status: 403 });
		await db
			.update(changes)
			.set({ state: 'published', usedBy: person.id, usedAt: new Date() })
			.where(eq(changes.id, id));
		await expect(
			editChange(db, person, id, { ...edit, appliesUntil: null, version: 1 })
		).rejects.toMatchObject({ key: 'changes.refusal.in_use' });
	});

	it('says in words why it cannot be used yet', async () => {
		const { db, person, id } = await draft();
		const change = await changeById(db, id);
		expect(whyNotPublish(await inState(db, change), person)).toBe('changes.refusal.submit_first');
		expect(whyNotPublish({ state: 'in_review', effects: [], claims: 1, asks: 0 }, person)).toBe(
			'changes.refusal.does_nothing'
		);
	});
});
