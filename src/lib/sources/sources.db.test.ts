import { beforeEach, expect, it } from 'vitest';
import { people } from '#lib/people/tables.ts';
import type { Person } from '#lib/people/roles.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import type { NewSource } from './forms.ts';
import { listSources, tiersOf } from './overview.server.ts';
import { changeSource, createSource, removeSource, setEnabled } from './sources.server.ts';
import { captures, polls, sources, sourceTiers } from './tables.ts';

describeWithDatabase('sources', (context) => {
	let lin: Person;
	let sales: Person;
	const rules = { allow: ['intranet.example:8080'], now: new Date('2026-11-23T01:00:00Z') };
	const desk: NewSource = {
		...{ name: 'Trade desk', kind: 'feed', tier: 3, url: 'https://desk.example/rss' },
		...{ homepage: null, pollMinutes: 60 }
	};

	beforeEach(async () => {
		lin = await addPerson('Lin Yutong', ['compliance']);
		sales = await addPerson('Wu Fang', []);
	});
	async function addPerson(name: string, roles: Person['roles']): Promise<Person> {
		const values = { name, email: `${name}@demo.example`, passwordHash: '', roles };
		const [row] = await context.db.insert(people).values(values).returning();
		return { ...row!, teams: [] };
	}
	const create = (about: Partial<NewSource> = {}, person = lin) =>
		createSource(context.db, person, { ...desk, ...about }, rules);

	it('remember who gave them which tier', async () => {
		const source = await create();
		await changeSource(context.db, lin, source.id, 1, { ...desk, tier: 2 }, rules);
		const tiers = await tiersOf(context.db, source.id);
		expect(tiers.map(({ tier, person }) => [tier, person])).toEqual([
			[2, 'Lin Yutong'],
			[3, 'Lin Yutong']
		]);
	});

	it.each([
		['http://192.168.1.4/feed', 'outbound.private_address'],
		['http://[::1]/feed', 'outbound.private_address'],
		['http://0x7f000001/feed', 'outbound.private_address'],
		['https://desk.example:8443/rss', 'outbound.port'],
		['https://me:secret@desk.example/rss', 'outbound.credentials'],
		['ftp://desk.example/rss', 'outbound.scheme'],
		[null, 'form.field_required']
	])('refuse %s beside the field', async (url, key) => {
		await expect(create({ url })).rejects.toMatchObject({ status: 400, fields: { url: { key } } });
		expect(await context.db.select().from(sources)).toEqual([]);
	});

	it('may have an address inside the network when an administrator allowed exactly that', async () => {
		expect(await create({ url: 'http://intranet.example:8080/feed' })).toMatchObject({ enabled: true });
	});

	it('are watched once per address', async () => {
		await create();
		await expect(create({ name: 'Again' })).rejects.toMatchObject({
			fields: { url: { key: 'sources.refusal.same_address', args: { name: 'Trade desk' } } }
		});
	});

	it('tell the second of two people that the first was faster', async () => {
		const { id } = await create();
		await changeSource(context.db, lin, id, 1, { ...desk, name: 'Desk' }, rules);
		const second = changeSource(context.db, lin, id, 1, { ...desk, name: 'Other' }, rules);
		await expect(second).rejects.toMatchObject({ status: 412, current: { name: 'Desk', version: 2 } });
	});

	it('forget the answers of an old address with it', async () => {
		const { id } = await create();
		await context.db.update(sources).set({ etag: '"x"', lastHash: 'x', failures: 3 });
		const kept = await changeSource(context.db, lin, id, 1, { ...desk, name: 'Desk' }, rules);
		expect(kept).toMatchObject({ etag: '"x"', failures: 3 });
		const moved = await changeSource(
			context.db,
			lin,
			id,
			2,
			{ ...desk, url: 'https://desk.example/2' },
			rules
		);
		expect(moved).toMatchObject({ etag: null, lastHash: null, failures: 0, nextPollAt: rules.now });
	});

	it('are switched on only where something can read them', async () => {
		const page = { name: 'Ministry', kind: 'page', tier: 1, homepage: 'https://moit.example/' } as const;
		const [ministry] = await context.db.insert(sources).values(page).returning();
		const on = setEnabled(context.db, lin, ministry!.id, 1, true, rules);
		await expect(on).rejects.toMatchObject({ key: 'sources.refusal.not_a_feed' });
		const { id } = await create();
		expect(await setEnabled(context.db, lin, id, 1, false, rules)).toMatchObject({ enabled: false });
		expect(await setEnabled(context.db, lin, id, 2, true, rules)).toMatchObject({ nextPollAt: rules.now });
	});

	it('go when nothing was read in them, and stay when something was', async () => {
		const read = await create();
		await context.db.insert(captures).values({ source: read.id, sha256: 'x', size: 1 });
		const kept = removeSource(context.db, lin, read.id, 1);
		await expect(kept).rejects.toMatchObject({ key: 'sources.refusal.has_captures' });
		const unread = await create({ url: 'https://desk.example/other' });
		await context.db.insert(polls).values({ source: unread.id });
		await removeSource(context.db, lin, unread.id, 1);
		expect(await context.db.select().from(sources)).toMatchObject([{ id: read.id }]);
	});

	it('keep the history of their tier as long as they are there', async () => {
		await create();
		await expect(context.db.delete(sourceTiers)).rejects.toThrow();
		await expect(context.db.update(sourceTiers).set({ tier: 1 })).rejects.toThrow();
	});

	it('are managed by compliance alone', async () => {
		await expect(create({}, sales)).rejects.toMatchObject({ status: 403 });
		const { id } = await create();
		await expect(removeSource(context.db, sales, id, 1)).rejects.toMatchObject({ status: 403 });
	});

	it('say how they fare', async () => {
		const fields = { kind: 'feed', tier: 3, url: 'https://a.example', enabled: true } as const;
		const late = new Date('2026-11-22T01:00:00Z');
		await context.db.insert(sources).values([
			{ ...fields, name: 'a waiting' },
			{ ...fields, name: 'b failing', lastError: { key: 'outbound.refused' } },
			{ ...fields, name: 'c late', nextPollAt: late },
			{ ...fields, name: 'd well', lastReadAt: late },
			{ ...fields, name: 'e off', enabled: false },
			{ name: 'f by_hand', kind: 'page', tier: 3 }
		]);
		const told = await listSources(context.db, rules.now);
		for (const { name, health } of told) expect(name.slice(2)).toBe(health);
	});
});
