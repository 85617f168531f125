import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { changeById, createDraft } from '#lib/changes/changes.server.ts';
import { changes } from '#lib/changes/tables.ts';
import type { ChangeKind } from '#lib/changes/kinds.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import { wordsFor, type Catalog } from '#lib/words/words.ts';
import en from '#lib/words/en.json' with { type: 'json' };
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { PartForm } from './effect-form.ts';
import { percentOf, rateOf } from './percent.ts';
import { addEffect, removeEffect } from './effects.server.ts';
import { readRule } from './read.server.ts';
import { standingLine } from './standing.server.ts';
import { ruleVersions } from './tables.ts';
import { foldedRule } from './versions.server.ts';

describe('a rate typed in percent', () => {
	it.each([
		['15', '0.15'],
		['15.5 %', '0.155'],
		['12,25', '0.1225'],
		['0.5', '0.005'],
		['100', '1'],
		['0', '0'],
		['7', '0.07']
	])('%s is kept exactly as %s', (percent, rate) => {
		expect(rateOf(percent)).toBe(rate);
	});

	it.each(['100.01', '150', '-3', 'x', '', '1e2', '15%%'])('%s is refused', (percent) => {
		expect(rateOf(percent)).toBeNull();
	});

	it.each([
		['0.15', '15'],
		['0.1225', '12.25'],
		['0.005', '0.5'],
		['1', '100'],
		['0.1400', '14']
	])('%s is shown as %s', (rate, percent) => {
		expect(percentOf(rate)).toBe(percent);
	});
});

describe('a part as a form sends it', () => {
	const typed = { part: 'place', op: 'set', value: 'VNDAD', cites: 'C05' };

	it('keeps a day, a day nobody knows and no day apart', () => {
		const parsed = (bound: string | string[]) => PartForm.parse({ ...typed, from: bound, until: bound }).from;
		expect(parsed(['day', '2026-12-01'])).toBe('2026-12-01');
		expect(parsed(['unknown', ''])).toBe('unknown');
		expect(parsed(['none', '2026-12-01'])).toBeNull();
	});

	it('refuses an empty day and a part that cites nothing', () => {
		const wrong = PartForm.safeParse({ ...typed, from: ['day', ''], until: 'none', cites: [] });
		expect(wrong.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
			['from', 'effects.day_or_choice'],
			['cites', 'effects.cite_something']
		]);
	});
});

describeWithDatabase('what a change does to the rule', (context) => {
	async function draft(kind: ChangeKind = 'port') {
		const { db } = context;
		const pack = await loadStarterPack(db);
		const [row] = await db
			.insert(people)
			.values({ email: 'lin@example.test', name: 'Lin', passwordHash: 'none', roles: ['compliance'] })
			.returning({ id: people.id });
		const person: Person = {
			...{ id: row!.id, email: 'lin@example.test', name: 'Lin' },
			...{ locale: 'en', roles: ['compliance'], teams: [] }
		};
		const id = await createDraft(db, person, { kind, title: 'Draft', notes: '' });
		return { db, person, id, ...pack };
	}

	const daNang = {
		...{ part: 'place' as const, op: 'set' as const, value: 'VNDAD', from: '2026-12-01', until: null },
		cites: ['C05', 'Q18']
	};

	it('adds a part and takes it away again, counting the version', async () => {
		const { db, person, id } = await draft();
		await addEffect(db, person, id, { ...daNang, version: 1 });
		expect(await changeById(db, id)).toMatchObject({ effects: [daNang], version: 2 });
		await expect(removeEffect(db, person, id, { index: 0, version: 1 })).rejects.toMatchObject({
			status: 412
		});
		await removeEffect(db, person, id, { index: 0, version: 2 });
		expect((await changeById(db, id)).effects).toEqual([]);
	});

	it.each([
		[{ part: 'rate', value: '15' }, 'part', 'effects.refusal.part_of_other_kind'],
		[{ value: 'XXXXX' }, 'value', 'effects.value_unknown'],
		[{ until: '2026-11-30' }, 'until', 'changes.until_before_from'],
		[{ cites: ['C05', 'C99'] }, 'cites', 'effects.cite_unknown']
	] as const)('refuses %j beside the field', async (wrong, field, key) => {
		const { db, person, id } = await draft();
		const form = {
			...daNang,
			...wrong,
			cites: [...('cites' in wrong ? wrong.cites : daNang.cites)],
			version: 1
		};
		await expect(addEffect(db, person, id, form)).rejects.toMatchObject({
			status: 400,
			fields: { [field]: { key } }
		});
		expect((await changeById(db, id)).effects).toEqual([]);
	});

	it.each([
		['rate', '101', 'effects.rate_wrong'],
		['origin', 'China', 'effects.country_wrong'],
		['category_count', '0', 'effects.count_wrong'],
		['condition', 'Foot print', 'effects.condition_key'],
		['category', 'teapot', 'effects.value_unknown'],
		['reading', 'tea leaves', 'effects.value_unknown']
	] as const)('refuses the %s %s', async (part, value, key) => {
		const { db, person, id } = await draft('pilot_rule');
		await expect(addEffect(db, person, id, { ...daNang, part, value, version: 1 })).rejects.toMatchObject({
			fields: { value: { key } }
		});
	});

	it('keeps a rate as a decimal text, and the measure under its own key', async () => {
		const { db, person, id } = await draft('pilot_rule');
		await addEffect(db, person, id, { ...daNang, part: 'rate', value: '12,5', version: 1 });
		await addEffect(db, person, id, { ...daNang, part: 'measure', value: 'anything', version: 2 });
		const { effects } = await changeById(db, id);
		expect(effects.map(({ value }) => value)).toEqual(['0.125', 'gsc-trace']);
	});

	it('says the same thing of a place only once', async () => {
		const { db, person, id } = await draft();
		await addEffect(db, person, id, { ...daNang, version: 1 });
		await expect(addEffect(db, person, id, { ...daNang, version: 2 })).rejects.toMatchObject({
			fields: { value: { key: 'effects.refusal.twice' } }
		});
	});
});

describeWithDatabase('the rule as a page to read', (context) => {
	async function inUse() {
		const { db } = context;
		const { measure, change } = await loadStarterPack(db);
		const [person] = await db
			.insert(people)
			.values({ email: 'lin@example.test', name: 'Lin', passwordHash: 'none' })
			.returning({ id: people.id });
		await db
			.update(changes)
			.set({ state: 'published', usedBy: person!.id, usedAt: new Date() })
			.where(eq(changes.id, change));
		const rule = await foldedRule(db, { id: measure, key: 'gsc-trace' });
		const about = { because: 'published' as const, knownOn: '2026-07-05', person: person!.id };
		await db.insert(ruleVersions).values({ measure, number: 1, rule, hash: 'x', change, ...about });
		return { db, measure, rule };
	}
	const words = wordsFor('en', en as Catalog, 'Asia/Ho_Chi_Minh');

	it('gives every part its window, its certainty and what it rests on', async () => {
		const { db, measure, rule } = await inUse();
		const read = await readRule(db, measure, rule, '2026-11-23');
		const place = read.parts.find(({ part, value }) => part === 'place' && value === 'VNHPH')!;
		expect(place).toMatchObject({ name: { en: expect.stringContaining('Hai Phong') }, holds: 'true' });
		expect(place.cites.map(({ key }) => key)).toEqual(['C05']);
		expect(place.certainty).toBe('uncorroborated');
		for (const part of read.parts) expect(part.cites.length).toBeGreaterThan(0);
		expect(read.assumptions).toBeGreaterThan(0);
		expect(read.uncorroborated).toBeGreaterThan(5);
		expect(read.playbook).toHaveLength(26);
	});

	it('says of a day before the first that the measure does not hold yet', async () => {
		const { db, measure, rule } = await inUse();
		const { parts } = await readRule(db, measure, rule, '2026-07-14');
		expect(parts.find(({ part }) => part === 'measure')!.holds).toBe('false');
	});

	it('says in one line what it rests on and how many sources answered', async () => {
		const { db } = await inUse();
		const now = new Date('2026-11-23T03:00:00Z');
		const line = await standingLine(db, words, '2026-11-23', now);
		expect(line).toMatchObject({
			key: 'standing.reported',
			args: { tier: '3', official: 'none', answered: 0, watched: 0 }
		});
		expect(words.t(line!.key, line!.args)).toMatch(
			/^Reported .*5 Jul by a secondary source; no official text seen;/
		);
	});

	it('says that nothing is in use while there is no version', async () => {
		const { db } = context;
		await loadStarterPack(db);
		expect((await standingLine(db, words, '2026-11-23', new Date()))!.key).toBe('standing.nothing');
	});
});
