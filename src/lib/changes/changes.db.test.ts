import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { activity } from '#lib/activity/tables.ts';
import type { Person, Role } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import { captures, extracts, items, sources } from '#lib/sources/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
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
import { Attestation } from './claim-form.ts';
import { addClaim, attestClaim, withdrawClaim } from './claims.server.ts';
import { heldClaims } from './held.server.ts';
import { whyNotPublish } from './permissions.ts';
import { addPlaybookItem, playbookOf } from './playbook.server.ts';
import { addQuestion, editQuestion, questionsOf } from './questions.server.ts';
import { setStance, stanceOf } from './stance.server.ts';
import { changes } from './tables.ts';

async function someone(db: Db, name: string, roles: Role[]): Promise<Person> {
	const email = `${name}@example.test`;
	const [row] = await db
		.insert(people)
		.values({ email, name, passwordHash: 'none', roles })
		.returning({ id: people.id });
	return { id: row!.id, email, name, locale: 'en', roles, teams: [] };
}

const circular =
	'A forwarder says the pilot will also apply to\n   components entering through Da Nang from 1 December 2026.';

async function read(db: Db, source: { name: string; homepage?: string }, text = circular): Promise<number> {
	const [made] = await db
		.insert(sources)
		.values({ name: source.name, kind: 'manual', tier: 3, homepage: source.homepage ?? null })
		.returning({ id: sources.id });
	const [item] = await db
		.insert(items)
		.values({ source: made!.id, identity: source.name, title: 'Da Nang added' })
		.returning({ id: items.id });
	const [capture] = await db
		.insert(captures)
		.values({ source: made!.id, sha256: 'a'.repeat(64), size: 1 })
		.returning({ id: captures.id });
	await db
		.insert(extracts)
		.values({ capture: capture!.id, item: item!.id, extractor: 'test/1', text, hash: 'x' });
	return item!.id;
}

const daNang = {
	subject: 'pilot',
	predicate: 'scope.place',
	value: 'Da Nang',
	paraphrase: 'Da Nang is added.'
};

function attestation(from: string, more: Partial<Attestation> = {}): Attestation {
	const said = { statement: 'reported' as const, asOf: null, originGroup: '', quote: '', summary: '' };
	return { ...said, from, ...more };
}

const quoting = (item: number, quote: string, originGroup = '') =>
	attestation(`item:${item}`, { quote, originGroup });

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

describeWithDatabase('claims and what supports them', (context) => {
	async function reported() {
		const { db } = context;
		const { change } = await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const item = await read(db, { name: 'Trade desk', homepage: 'https://www.trade-desk.example/news' });
		return { db, person, change, item };
	}

	it('finds a quote whatever its white space, and keeps the capture it stands in', async () => {
		const { db, person, change, item } = await reported();
		const key = await addClaim(
			db,
			person,
			change,
			daNang,
			quoting(item, 'also apply to components\nentering')
		);
		expect(key).toBe('C27');
		const claim = (await heldClaims(db, { changes: [change] })).at(-1)!;
		expect(claim).toMatchObject({ key, certainty: 'uncorroborated', voices: [{ source: { tier: 3 } }] });
		expect(claim.voices[0]!.originGroup).toBe('trade-desk.example');
	});

	it('refuses a quote that does not stand there, beside the field', async () => {
		const { db, person, change, item } = await reported();
		await expect(
			addClaim(db, person, change, daNang, quoting(item, 'from 1 January 2027 at the latest'))
		).rejects.toMatchObject({ status: 400, fields: { quote: { key: 'claims.quote_not_found' } } });
		expect(await heldClaims(db, { changes: [change] })).toHaveLength(26);
	});

	it('looks for the quote in the newest text of the item only', async () => {
		const { db, person, change, item } = await reported();
		const [old] = await db.select().from(extracts).where(eq(extracts.item, item));
		await db.insert(extracts).values({
			capture: old!.capture,
			item,
			extractor: 'test/1',
			text: 'The page was withdrawn by its editors.',
			hash: 'y'
		});
		await expect(
			addClaim(db, person, change, daNang, quoting(item, 'entering through Da Nang'))
		).rejects.toMatchObject({ fields: { quote: { key: 'claims.quote_not_found' } } });
	});

	it('counts a copied text as the origin it came from, however often it is printed', async () => {
		const { db, person, change, item } = await reported();
		await addClaim(db, person, change, daNang, quoting(item, 'entering through Da Nang'));
		const { id } = (await heldClaims(db, { changes: [change] })).at(-1)!;
		const reprint = await read(db, { name: 'Copy', homepage: 'https://copy.example' });
		await attestClaim(db, person, id, quoting(reprint, 'entering  through Da Nang'));
		const chosen = await read(db, { name: 'Third', homepage: 'https://third.example' });
		await attestClaim(db, person, id, quoting(chosen, 'from 1 December 2026', 'trade-desk.example'));
		expect((await heldClaims(db, { ids: [id] }))[0]!.certainty).toBe('uncorroborated');
		const own = await read(
			db,
			{ name: 'Broker', homepage: 'https://broker.example' },
			'Da Nang joins in December.'
		);
		await attestClaim(db, person, id, quoting(own, 'Da Nang joins in December'));
		expect((await heldClaims(db, { ids: [id] }))[0]!.certainty).toBe('corroborated');
	});

	it('does not take the same claim twice', async () => {
		const { db, person, change, item } = await reported();
		await addClaim(db, person, change, daNang, quoting(item, 'entering through Da Nang'));
		await expect(
			addClaim(db, person, change, daNang, quoting(item, 'A forwarder says'))
		).rejects.toMatchObject({ key: 'claims.refusal.exists', args: { key: 'C27' } });
	});

	it('takes a summary of ours instead, but never both and never neither', async () => {
		const { db, person, change, item } = await reported();
		const summary = attestation(`item:${item}`, { summary: 'The circular adds Da Nang.' });
		expect(await addClaim(db, person, change, daNang, summary)).toBe('C27');
		for (const wrong of [{}, { quote: 'long enough', summary: 'x' }, { quote: 'short' }])
			expect(Attestation.safeParse(attestation(`item:${item}`, wrong)).success).toBe(false);
		expect(Attestation.safeParse(attestation('source:1', { quote: 'long enough' })).success).toBe(false);
	});

	it('marks a withdrawn claim with who did it, and only once', async () => {
		const { db, person, change, item } = await reported();
		await addClaim(db, person, change, daNang, quoting(item, 'entering through Da Nang'));
		const { id, version } = (await heldClaims(db, { changes: [change] })).at(-1)!;
		await withdrawClaim(db, person, id, version);
		expect((await heldClaims(db, { ids: [id] }))[0]).toMatchObject({
			certainty: 'withdrawn',
			withdrawn: { by: 'Lin' }
		});
		await expect(withdrawClaim(db, person, id, version + 1)).rejects.toMatchObject({
			key: 'claims.refusal.withdrawn'
		});
	});

	it('holds nothing of the starter pack as more than reported', async () => {
		const { db, change } = await reported();
		const held = await heldClaims(db, { changes: [change] });
		expect(held).toHaveLength(26);
		expect(new Set(held.map(({ certainty }) => certainty))).toEqual(new Set(['uncorroborated']));
	});
});

describeWithDatabase('questions, the stance and the playbook of a change', (context) => {
	it('number questions on, keep their assumption and mark them answered', async () => {
		const { db } = context;
		const { change } = await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const words = {
			text: 'Which berth?',
			assumption: 'Every berth.',
			owner: person.id,
			reviewOn: '2026-12-15'
		};
		expect(await addQuestion(db, person, change, { ...words, answered: false })).toBe('Q21');
		const asked = (await questionsOf(db, change)).at(-1)!;
		await editQuestion(db, person, asked.id, { ...words, answered: true, version: 1 });
		expect((await questionsOf(db, change)).at(-1)).toMatchObject({
			state: 'answered',
			assumption: { en: 'Every berth.' },
			ownerName: 'Lin'
		});
		await expect(
			editQuestion(db, person, asked.id, { ...words, answered: false, version: 1 })
		).rejects.toMatchObject({ status: 412 });
	});

	it('let management alone choose the stance, with a reason and a review ahead', async () => {
		const { db } = context;
		const { measure } = await loadStarterPack(db);
		const boss = await someone(db, 'An', ['management']);
		const lin = await someone(db, 'Lin', ['compliance']);
		const form = { stance: 'prepare' as const, reason: 'Orders ship.', reviewOn: '2026-12-01', version: 1 };
		await expect(setStance(db, lin, measure, form, '2026-11-23')).rejects.toMatchObject({ status: 403 });
		for (const reviewOn of [null, '2026-11-23'])
			await expect(setStance(db, boss, measure, { ...form, reviewOn }, '2026-11-23')).rejects.toMatchObject({
				fields: { reviewOn: { key: 'stance.review_ahead' } }
			});
		await setStance(db, boss, measure, form, '2026-11-23');
		expect(await stanceOf(db, measure)).toMatchObject({
			by: 'An',
			measure: { stance: 'prepare', version: 2 }
		});
		await expect(setStance(db, boss, measure, form, '2026-11-23')).rejects.toMatchObject({ status: 412 });
	});

	it('ask a team for something once per key, where the kind may ask at all', async () => {
		const { db } = context;
		await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const asked = {
			...{ key: 'D9', team: 'documentation', title: 'Weigh', guidance: '', evidenceLabel: 'Slip' },
			...{ evidenceType: 'document', condition: null, covers: 'order' as const, dueEvent: 'ETA' as const },
			...{ dueOffsetDays: -5, mandatory: true, secondPerson: false }
		};
		const port = await createDraft(db, person, { kind: 'port', title: 'Port', notes: '' });
		await expect(addPlaybookItem(db, person, port, asked)).rejects.toMatchObject({
			key: 'effects.refusal.no_playbook'
		});
		const standard = await createDraft(db, person, { kind: 'verification_standard', title: 'V', notes: '' });
		await addPlaybookItem(db, person, standard, asked);
		expect(await playbookOf(db, standard)).toMatchObject([{ key: 'D9', title: { en: 'Weigh' } }]);
		await expect(addPlaybookItem(db, person, standard, asked)).rejects.toMatchObject({
			fields: { key: { key: 'effects.playbook_key_taken' } }
		});
		await expect(
			addPlaybookItem(db, person, standard, { ...asked, key: 'D10', team: 'nobody' })
		).rejects.toMatchObject({ fields: { team: { key: 'form.field_wrong' } } });
	});
});
