import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { extracts } from '#lib/sources/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import { attestation, daNang, quoting, read, someone } from '../../../tests/support/changes.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { Attestation } from './claim-form.ts';
import { addClaim, attestClaim, withdrawClaim } from './claims.server.ts';
import { heldClaims } from './held.server.ts';

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
