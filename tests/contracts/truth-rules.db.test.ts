import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { attestations, changes, claims, instruments, measures, promotions } from '#lib/changes/tables.ts';
import { people } from '#lib/people/tables.ts';
import { ruleVersions } from '#lib/rules/tables.ts';
import { captures, extracts, sources, sourceTiers } from '#lib/sources/tables.ts';
import { rows, violated, type Db } from '#lib/server/db/db.ts';
import { describeWithDatabase } from '../support/database.ts';
import { personCalled, withDemo } from '../support/demo.ts';

/** What the database itself refused, by the name of the rule. */
async function refusal(work: Promise<unknown>): Promise<string | undefined> {
	try {
		await work;
	} catch (error) {
		return violated(error) ?? String(error);
	}
	return undefined;
}

const quote = 'Phụ lục I nêu mã HS 8534.00, 8504.40 và 9026.';

/** A claim that could be made official: quoted from a capture of a tier-1 source, with a numbered instrument. */
async function provable(db: Db, by: { tier?: number; tierSetBy?: number | null; text?: string } = {}) {
	const [measure] = await db.select().from(measures);
	const [change] = await db.select().from(changes);
	const [source] = await db
		.insert(sources)
		.values({ name: 'Gazette (fictional)', kind: 'manual', tier: 1 })
		.returning();
	await db
		.insert(sourceTiers)
		.values({ source: source!.id, tier: by.tier ?? 1, person: by.tierSetBy ?? null });
	const [capture] = await db
		.insert(captures)
		.values({ source: source!.id, sha256: 'f'.repeat(64), size: 10 })
		.returning();
	await db.insert(extracts).values({
		...{ capture: capture!.id, extractor: 'test/1', hash: 'h' },
		text: by.text ?? `Thông tư số 00/2026.\n${quote.replace(' nêu', '\n  nêu')} Hết.`
	});
	const [claim] = await db
		.insert(claims)
		.values({
			...{ key: 'C90', measure: measure!.id, change: change!.id, subject: 'pilot', predicate: 'scope.hs' },
			...{ value: ['8534.00'], paraphrase: { en: 'The annex names three headings.' } }
		})
		.returning();
	const [attestation] = await db
		.insert(attestations)
		.values({
			...{ claim: claim!.id, source: source!.id, capture: capture!.id, quote },
			...{ statement: 'reported_as_confirmed', originGroup: 'gazette' }
		})
		.returning();
	const [instrument] = await db
		.insert(instruments)
		.values({
			measure: measure!.id,
			number: '00/2026/TT-BCT',
			url: 'https://bct-demo.example/00',
			title: 'Draft'
		})
		.returning();
	const promote = (person: number, instead: Partial<typeof promotions.$inferInsert> = {}) =>
		db.insert(promotions).values({
			...{ claim: claim!.id, attestation: attestation!.id, instrument: instrument!.id, person },
			...instead
		});
	return {
		source: source!,
		claim: claim!,
		attestation: attestation!,
		instrument: instrument!,
		capture: capture!,
		promote
	};
}

describeWithDatabase('official, by the database itself', (at) => {
	it('needs two people: one person twice is refused', async () => {
		await withDemo(at.db);
		const one = await personCalled(at.db, 'compliance');
		const two = await personCalled(at.db, 'compliance2');
		const { promote } = await provable(at.db);
		await promote(one.id);
		expect(await refusal(promote(one.id))).toBe('promotions_one_each');
		await promote(two.id);
		expect(await at.db.select().from(promotions)).toHaveLength(2);
	});

	it('needs a capture of that source that contains the quote', async () => {
		await withDemo(at.db);
		const { id } = await personCalled(at.db, 'compliance');
		const { promote, claim, source } = await provable(at.db, {
			text: 'A text about something else entirely.'
		});
		expect(await refusal(promote(id))).toBe('promotions_quote_in_capture');
		const [summary] = await at.db
			.insert(attestations)
			.values({
				...{ claim: claim.id, source: source.id, statement: 'reported', originGroup: 'ours' },
				summary: { en: 'Our own summary.' }
			})
			.returning();
		expect(await refusal(promote(id, { attestation: summary!.id }))).toBe('promotions_quote_in_capture');
	});

	it('needs tier 1, set by neither of the two', async () => {
		await withDemo(at.db);
		const one = await personCalled(at.db, 'compliance');
		const low = await provable(at.db, { tier: 3 });
		expect(await refusal(low.promote(one.id))).toBe('promotions_tier_one');
		await at.db.execute(sql`update sources set tier = 1 where id = ${low.source.id}`);
		expect(await refusal(low.promote(one.id))).toBe('promotions_tier_one');
	});

	it('refuses who set the tier, before and after', async () => {
		await withDemo(at.db);
		const one = await personCalled(at.db, 'compliance');
		const two = await personCalled(at.db, 'compliance2');
		const { promote, source } = await provable(at.db, { tierSetBy: one.id });
		expect(await refusal(promote(one.id))).toBe('promotions_tier_by_another');
		await promote(two.id);
		const again = at.db.insert(sourceTiers).values({ source: source.id, tier: 1, person: two.id });
		expect(await refusal(again)).toBe('source_tiers_by_another');
	});

	it('needs an instrument with its number and address, which then stay', async () => {
		await withDemo(at.db);
		const { id } = await personCalled(at.db, 'compliance');
		const { promote, instrument } = await provable(at.db);
		const nameless = { measure: instrument.measure, title: 'No number', url: 'https://a.example' };
		expect(await refusal(at.db.insert(instruments).values({ ...nameless, number: ' ' }))).toBe(
			'instruments_number'
		);
		const local = { ...nameless, number: '1/2026', url: 'somewhere' };
		expect(await refusal(at.db.insert(instruments).values(local))).toBe('instruments_url');
		await promote(id);
		const renumber = at.db.update(instruments).set({ number: 'x' }).where(eq(instruments.id, instrument.id));
		expect(await refusal(renumber)).toBe('instruments_keep_number');
	});

	it('cannot be reached by rewriting what was recorded', async () => {
		await withDemo(at.db);
		const { attestation, capture, claim, source } = await provable(at.db);
		const rewrite: Record<string, ReturnType<typeof sql>> = {
			attestations_append_only: sql`update attestations set quote = 'something that is there' where id = ${attestation.id}`,
			extracts_append_only: sql`update extracts set text = ${quote} where capture_id = ${capture.id}`,
			captures_append_only: sql`update captures set source_id = 1 where id = ${capture.id}`,
			source_tiers_append_only: sql`update source_tiers set person = null where source_id = ${source.id}`,
			claims_keep_words: sql`update claims set value = '"confirmed"' where id = ${claim.id}`
		};
		for (const [rule, statement] of Object.entries(rewrite)) {
			expect(await refusal(at.db.execute(statement)), rule).toBe(rule);
		}
	});

	it('holds for no claim of the starter pack', async () => {
		await withDemo(at.db);
		expect(await at.db.select().from(promotions)).toEqual([]);
		const quoted = await at.db.execute(sql`select 1 from attestations where quote is not null`);
		expect(rows(quoted)).toEqual([]);
		const [measure] = await at.db.select().from(measures);
		const [instrument] = await at.db
			.insert(instruments)
			.values({ measure: measure!.id, number: '1/2026', url: 'https://a.example', title: 'x' })
			.returning();
		const [someone] = await at.db.select().from(people);
		for (const proof of await at.db.select().from(attestations)) {
			const forced = at.db.insert(promotions).values({
				...{ claim: proof.claim, attestation: proof.id, instrument: instrument!.id, person: someone!.id }
			});
			expect(await refusal(forced)).toBe('promotions_quote_in_capture');
		}
	});
});

describeWithDatabase('what was recorded', (at) => {
	it.each([
		['activity', 'activity_append_only', sql`update activity set deed = 'item.linked'`],
		['activity', 'activity_append_only', sql`delete from activity`],
		['rule versions', 'rule_versions_append_only', sql`update rule_versions set rule = '{}'`],
		['rule versions', 'rule_versions_append_only', sql`delete from rule_versions`],
		[
			'published changes',
			'changes_keep_content',
			sql`update changes set effects = '[]' where state = 'published'`
		],
		[
			'published changes',
			'changes_keep_content',
			sql`update changes set state = 'draft' where state = 'published'`
		],
		['their playbook', 'playbook_items_keep_words', sql`update playbook_items set mandatory = false`],
		[
			'evidence revisions',
			'evidence_revisions_append_only',
			sql`update evidence_revisions set valid_until = '2099-01-01'`
		],
		[
			'the kind of workspace',
			'workspace_keeps_kind',
			sql`update workspace set kind = 'real', shown_on = null`
		]
	])('%s: the database refuses to change it (%s)', async (_what, rule, statement) => {
		await withDemo(at.db);
		expect(await refusal(at.db.execute(statement))).toBe(rule);
		expect((await at.db.select().from(ruleVersions)).length).toBe(1);
	});

	it('a change comes into use by a person only', async () => {
		await withDemo(at.db);
		const [measure] = await at.db.select().from(measures);
		const silent = at.db
			.insert(changes)
			.values({ measure: measure!.id, kind: 'port', title: { en: 'x' }, state: 'published' });
		expect(await refusal(silent)).toBe('changes_used_by_person');
	});

	it('who prepared an item with a second person cannot accept it, whatever the form says', async () => {
		await withDemo(at.db);
		const forced = sql`update checklist_items set state = 'accepted', accepted_by = prepared_by, accepted_at = now(),
			done_hash = asked_hash where second_person and state = 'prepared'`;
		expect(await refusal(at.db.execute(forced))).toBe('checklist_items_second_person');
	});
});
