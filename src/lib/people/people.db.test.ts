import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { activity } from '#lib/activity/tables.ts';
import { addTeam, changeTeam, listTeams } from '#lib/teams/teams.server.ts';
import { createAccount } from './accounts.server.ts';
import {
	addPerson,
	changePerson,
	listPeople,
	readPerson,
	resetPassword,
	setDisabled,
	type PersonDetails
} from './people.server.ts';
import { verifyPassword } from './passwords.server.ts';
import type { Person } from './roles.ts';
import { openSession, personOf } from './sessions.server.ts';
import { createFirstPerson, makeSetupLink, setupState } from './setup.server.ts';
import { people, workspace } from './tables.ts';

const details = (part: Partial<PersonDetails> = {}): PersonDetails => ({
	email: 'minh@example.com',
	name: 'Lê Minh',
	locale: 'vi',
	roles: [],
	teams: [],
	...part
});

describeWithDatabase('people', (context) => {
	let admin: Person;
	const account = (part: Partial<PersonDetails> = {}) =>
		createAccount(context.db, null, { ...details(part), passwordHash: 'none' });

	beforeEach(async () => {
		const id = await account({
			email: 'gao@example.com',
			name: 'Gao Wenbo',
			locale: 'zh-CN',
			roles: ['admin']
		});
		admin = await readPerson(context.db, id);
	});

	test('a first password opens the new account and is kept nowhere', async () => {
		await addTeam(context.db, admin, { key: 'customs', names: { en: 'Customs' } });
		const { id, password } = await addPerson(
			context.db,
			admin,
			details({ teams: [{ team: 'customs', lead: true }] })
		);
		expect((await listPeople(context.db)).map((one) => [one.name, one.teams])).toEqual([
			['Gao Wenbo', []],
			['Lê Minh', [{ team: 'customs', lead: true }]]
		]);
		const [row] = await context.db.select().from(people).where(eq(people.id, id));
		expect(await verifyPassword(row!.passwordHash, password)).toBe(true);
		const told = JSON.stringify(await context.db.select().from(activity));
		expect(told).toContain('person.created');
		expect(told).not.toContain(password);
		expect((await listTeams(context.db))[0]!.members).toEqual([{ id, name: 'Lê Minh', lead: true }]);
	});

	test('one address, one account, however it is written', async () => {
		await addPerson(context.db, admin, details());
		await expect(addPerson(context.db, admin, details({ email: ' MINH@example.com' }))).rejects.toMatchObject(
			{
				fields: { email: { key: 'people.email_taken' } }
			}
		);
	});

	test('only an admin may, and a refused act changes nothing', async () => {
		const id = await account({ roles: ['compliance', 'management'] });
		const minh = await readPerson(context.db, id);
		const before = await context.db.select().from(people).orderBy(people.id);
		const refused = { key: 'refusal.admin_only', status: 403 };
		await expect(addPerson(context.db, minh, details({ email: 'new@example.com' }))).rejects.toMatchObject(
			refused
		);
		await expect(changePerson(context.db, minh, id, { ...minh, roles: ['admin'] })).rejects.toMatchObject(
			refused
		);
		await expect(
			setDisabled(context.db, minh, admin.id, { version: 1, disabled: true })
		).rejects.toMatchObject(refused);
		await expect(resetPassword(context.db, minh, admin.id)).rejects.toMatchObject(refused);
		await expect(addTeam(context.db, minh, { key: 'x', names: { en: 'X' } })).rejects.toMatchObject(refused);
		await expect(addPerson(context.db, null, details())).rejects.toMatchObject({
			key: 'refusal.sign_in',
			status: 401
		});
		expect(await context.db.select().from(people).orderBy(people.id)).toEqual(before);
	});

	test('the last admin stays: neither closed nor without the role', async () => {
		const own = { ...details({ email: admin.email, name: admin.name }), version: 1 };
		const refused = { key: 'people.last_admin' };
		await expect(changePerson(context.db, admin, admin.id, own)).rejects.toMatchObject(refused);
		await expect(
			setDisabled(context.db, admin, admin.id, { version: 1, disabled: true })
		).rejects.toMatchObject(refused);
		const second = await account({ roles: ['admin'] });
		await setDisabled(context.db, admin, second, { version: 1, disabled: true });
		await expect(changePerson(context.db, admin, admin.id, own)).rejects.toMatchObject(refused);
		await setDisabled(context.db, admin, second, { version: 2, disabled: false });
		await changePerson(context.db, admin, admin.id, own);
		expect((await readPerson(context.db, admin.id)).roles).toEqual([]);
	});

	test('two admins on one person: the second is told and gets the present state', async () => {
		const id = await account();
		await changePerson(context.db, admin, id, { ...details({ name: 'Lê Quang Minh' }), version: 1 });
		await expect(changePerson(context.db, admin, id, { ...details(), version: 1 })).rejects.toMatchObject({
			status: 412,
			current: { name: 'Lê Quang Minh', version: 2 }
		});
		await expect(readPerson(context.db, 999)).rejects.toMatchObject({ status: 404 });
	});

	test('new roles, a closed account and a new password each end the sessions; a new name does not', async () => {
		const id = await account();
		const enter = async () => (await openSession(context.db, { id })).token;
		const token = await enter();
		await changePerson(context.db, admin, id, { ...details({ name: 'Minh' }), version: 1 });
		expect((await personOf(context.db, token))!.person.name).toBe('Minh');
		await changePerson(context.db, admin, id, { ...details({ roles: ['compliance'] }), version: 2 });
		expect(await personOf(context.db, token)).toBeNull();
		const again = await enter();
		const password = await resetPassword(context.db, admin, id);
		expect(await personOf(context.db, again)).toBeNull();
		const [row] = await context.db.select().from(people).where(eq(people.id, id));
		expect(await verifyPassword(row!.passwordHash, password)).toBe(true);
		await expect(resetPassword(context.db, admin, admin.id)).rejects.toMatchObject({
			key: 'people.reset_own'
		});
	});

	test('teams are rows: added at the end, renamed with their version, keys unique', async () => {
		await addTeam(context.db, admin, { key: 'sales', names: { en: 'Sales' } });
		await addTeam(context.db, admin, { key: 'customs', names: { en: 'Customs' } });
		await expect(addTeam(context.db, admin, { key: 'sales', names: { en: 'Again' } })).rejects.toMatchObject({
			fields: { key: { key: 'teams.key_taken' } }
		});
		const names = { en: 'Customs', 'zh-CN': '关务', vi: 'Hải quan' };
		await changeTeam(context.db, admin, 'customs', { version: 1, names });
		await expect(changeTeam(context.db, admin, 'customs', { version: 1, names })).rejects.toMatchObject({
			status: 412
		});
		await expect(changeTeam(context.db, admin, 'nope', { version: 1, names })).rejects.toMatchObject({
			status: 404
		});
		expect((await listTeams(context.db)).map((team) => team.names)).toEqual([{ en: 'Sales' }, names]);
	});
});

describeWithDatabase('the set-up link', (context) => {
	const first = {
		name: 'Gao Wenbo',
		email: 'gao@example.com',
		password: 'four unrelated words',
		locale: 'zh-CN'
	} as const;
	beforeEach(async () => {
		await context.db.insert(workspace).values({ kind: 'real' });
	});

	test('makes the first person an admin, signed in, once', async () => {
		const token = await makeSetupLink(context.db);
		expect(JSON.stringify(await context.db.select().from(workspace))).not.toContain(token);
		const session = await createFirstPerson(context.db, token, first);
		expect((await personOf(context.db, session.token))!.person).toMatchObject({
			name: 'Gao Wenbo',
			locale: 'zh-CN',
			roles: ['admin']
		});
		expect(await setupState(context.db, token)).toBe('used');
		await expect(
			createFirstPerson(context.db, token, { ...first, email: 'other@example.com' })
		).rejects.toMatchObject({ key: 'setup.used' });
		await expect(makeSetupLink(context.db)).rejects.toMatchObject({ key: 'setup.used' });
		expect(await context.db.select().from(people)).toHaveLength(1);
	});

	test('opened twice at once still makes one person', async () => {
		const token = await makeSetupLink(context.db);
		const both = await Promise.allSettled([
			createFirstPerson(context.db, token, first),
			createFirstPerson(context.db, token, { ...first, email: 'other@example.com' })
		]);
		expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		expect(await context.db.select().from(people)).toHaveLength(1);
	});

	test('a newer link replaces the older one, and a weak password does not use it up', async () => {
		const older = await makeSetupLink(context.db);
		const newer = await makeSetupLink(context.db);
		expect([await setupState(context.db, older), await setupState(context.db, newer)]).toEqual([
			'unknown',
			'open'
		]);
		await expect(createFirstPerson(context.db, newer, { ...first, password: 'short' })).rejects.toMatchObject(
			{
				fields: { password: { key: 'people.password_short' } }
			}
		);
		expect(await setupState(context.db, newer)).toBe('open');
	});
});
