import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { createLimits } from '#lib/server/web/limits.ts';
import { activity } from '#lib/activity/tables.ts';
import { teams } from '#lib/teams/tables.ts';
import { createAccount } from './accounts.server.ts';
import { changeOwnPassword } from './own-account.server.ts';
import { hashPassword } from './passwords.server.ts';
import { createSessionCache } from './session-cache.ts';
import { openSession, personOf, signIn, signInDemo, signOut, signOutEverywhere } from './sessions.server.ts';
import { people, sessions } from './tables.ts';

const password = 'mưa rào tháng sáu';
const now = new Date('2026-11-23T02:00:00Z');
let passwordHash: string;
beforeAll(async () => {
	passwordHash = await hashPassword(password);
});

describeWithDatabase('sessions', (context) => {
	let lan: number;
	let limits = createLimits();
	const from = (address = '203.0.113.9') => ({ address, now, limits });
	const enter = (given: { email?: string; password?: string } = {}, address?: string) =>
		signIn(context.db, { email: 'lan@demo.example', password, ...given }, from(address));

	beforeEach(async () => {
		limits = createLimits();
		await context.db.insert(teams).values({ key: 'customs', names: { en: 'Customs' } });
		lan = await createAccount(context.db, null, {
			email: 'Lan@Demo.example',
			name: 'Trần Lan',
			locale: 'vi',
			roles: ['compliance'],
			teams: [{ team: 'customs', lead: true }],
			passwordHash
		});
	});

	test('whoever knows the password is let in, with roles and teams, and it is recorded', async () => {
		const { token, expiresAt, person } = await enter({ email: ' LAN@demo.example ' });
		expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(13 * 86_400_000);
		const known = await personOf(context.db, token);
		expect(known).toEqual({ person, expiresAt, renewed: false });
		expect(person).toEqual({
			id: lan,
			email: 'lan@demo.example',
			name: 'Trần Lan',
			locale: 'vi',
			roles: ['compliance'],
			teams: [{ team: 'customs', lead: true }]
		});
		const deeds = await context.db.select({ deed: activity.deed, person: activity.person }).from(activity);
		expect(deeds).toContainEqual({ deed: 'person.signed_in', person: lan });
	});

	test('the database holds the hash of the token, never the token', async () => {
		const { token } = await enter();
		const [row] = await context.db.select().from(sessions);
		expect(row!.hash).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(row)).not.toContain(token);
		expect(await personOf(context.db, row!.hash)).toBeNull();
	});

	test('a wrong password, an unknown account and a closed one get the same answer', async () => {
		await expect(enter({ password: 'something else' })).rejects.toMatchObject({
			key: 'sign_in.wrong',
			status: 400
		});
		await expect(enter({ email: 'nobody@demo.example' })).rejects.toMatchObject({
			key: 'sign_in.wrong',
			status: 400
		});
		await context.db.update(people).set({ disabledAt: now });
		await expect(enter()).rejects.toMatchObject({ key: 'sign_in.wrong', status: 400 });
		expect(await context.db.select().from(sessions)).toEqual([]);
	});

	test('ten wrong guesses on an account close it to guessing for a while, known account or not', async () => {
		for (const email of ['lan@demo.example', 'nobody@demo.example']) {
			const guesses = Array.from({ length: 11 }, (_, i) =>
				enter({ email, password: 'wrong guess' }, `198.51.100.${i}`)
			);
			const keys = (await Promise.allSettled(guesses)).map(
				(guess) => guess.status === 'rejected' && guess.reason.key
			);
			expect(keys.filter((key) => key === 'sign_in.wrong')).toHaveLength(10);
			expect(keys.filter((key) => key === 'sign_in.too_many')).toHaveLength(1);
		}
		await expect(enter()).rejects.toMatchObject({
			key: 'sign_in.too_many',
			status: 429,
			args: { minutes: 15 }
		});
	});

	test('an address that guesses at many accounts is stopped, others are not', async () => {
		const guesses = Array.from({ length: 40 }, (_, i) => enter({ email: `p${i}@demo.example` }));
		await Promise.allSettled(guesses);
		await expect(enter()).rejects.toMatchObject({ key: 'sign_in.too_many' });
		await expect(enter({}, '198.51.100.7')).resolves.toBeDefined();
	});

	test('right passwords are no guesses', async () => {
		for (let i = 0; i < 12; i++) await enter();
	});

	test('signing in anew ends the session the browser came with', async () => {
		const first = await enter();
		const second = await signIn(
			context.db,
			{ email: 'lan@demo.example', password },
			{ ...from(), previous: first.token }
		);
		expect(second.token).not.toBe(first.token);
		expect(await personOf(context.db, first.token)).toBeNull();
		expect(await personOf(context.db, second.token)).not.toBeNull();
	});

	test('signing out ends one session, signing out everywhere all of a person', async () => {
		const [one, two, three] = [await enter(), await enter(), await enter()];
		await signOut(context.db, one.token);
		expect(await personOf(context.db, one.token)).toBeNull();
		expect(await personOf(context.db, two.token)).not.toBeNull();
		await signOutEverywhere(context.db, lan);
		expect(await personOf(context.db, two.token)).toBeNull();
		expect(await personOf(context.db, three.token)).toBeNull();
	});

	test('a closed account is out at once, and so is an expired session', async () => {
		const [one, two] = [await enter(), await enter()];
		await context.db.update(sessions).set({ expiresAt: new Date(Date.now() - 1000) });
		expect(await personOf(context.db, one.token)).toBeNull();
		await context.db.update(sessions).set({ expiresAt: new Date(Date.now() + 9 * 86_400_000) });
		await context.db.update(people).set({ disabledAt: now });
		expect(await personOf(context.db, two.token)).toBeNull();
	});

	test('a session used in its second half is prolonged', async () => {
		const { token } = await enter();
		await context.db.update(sessions).set({ expiresAt: new Date(Date.now() + 86_400_000) });
		const known = await personOf(context.db, token);
		expect(known!.renewed).toBe(true);
		expect(known!.expiresAt.getTime() - Date.now()).toBeGreaterThan(13 * 86_400_000);
		expect((await personOf(context.db, token))!.renewed).toBe(false);
	});

	test('the cache answers for five seconds and forgets at sign-out', async () => {
		let clock = Date.now();
		const cache = createSessionCache(() => clock);
		const [one, two] = [await enter(), await enter()];
		await personOf(context.db, one.token, cache);
		await personOf(context.db, two.token, cache);
		await context.db.delete(sessions);
		expect(await personOf(context.db, one.token, cache)).not.toBeNull();
		await signOut(context.db, one.token, cache);
		expect(await personOf(context.db, one.token, cache)).toBeNull();
		clock += 5_000;
		expect(await personOf(context.db, two.token, cache)).toBeNull();
	});

	test('a hash made at another cost is renewed by signing in', async () => {
		await context.db.update(people).set({ passwordHash: passwordHash.replace('m=19456', 'm=19455') });
		await expect(enter()).rejects.toMatchObject({ key: 'sign_in.wrong' });
		const cheap = await hashPassword(password, { memory: 8_192, passes: 2, lanes: 1 });
		await context.db.update(people).set({ passwordHash: cheap });
		await enter();
		const [row] = await context.db.select().from(people);
		expect(row!.passwordHash).toContain('$m=19456,');
		await enter();
	});

	test('a new password needs the old one and ends all other sessions', async () => {
		const [here, elsewhere] = [await enter(), await enter()];
		const change = (current: string, next: string) =>
			changeOwnPassword(context.db, here.person, { current, password: next }, from());
		await expect(change('not it at all', 'bốn từ rời rạc')).rejects.toMatchObject({
			fields: { current_password: { key: 'people.password_not_yours' } }
		});
		await expect(change(password, 'password123')).rejects.toMatchObject({
			fields: { password: { key: 'people.password_common' } }
		});
		const session = await change(password, 'bốn từ rời rạc');
		expect(await personOf(context.db, here.token)).toBeNull();
		expect(await personOf(context.db, elsewhere.token)).toBeNull();
		expect(await personOf(context.db, session.token)).not.toBeNull();
		await expect(enter()).rejects.toMatchObject({ key: 'sign_in.wrong' });
		await expect(enter({ password: 'bốn từ rời rạc' })).resolves.toBeDefined();
	});

	test('one click is for the accounts of a demo workspace only', async () => {
		expect((await signInDemo(context.db, 'demo', 'lan@demo.example')).person.id).toBe(lan);
		const refused = { key: 'sign_in.demo_only', status: 403 };
		await expect(signInDemo(context.db, 'real', 'lan@demo.example')).rejects.toMatchObject(refused);
		await expect(signInDemo(context.db, 'demo', 'nobody@demo.example')).rejects.toMatchObject(refused);
		await context.db.update(people).set({ email: 'lan@company.example' }).where(eq(people.id, lan));
		await expect(signInDemo(context.db, 'demo', 'lan@company.example')).rejects.toMatchObject(refused);
	});

	test('expired sessions are swept when somebody signs in', async () => {
		await openSession(context.db, { id: lan });
		await context.db.update(sessions).set({ expiresAt: new Date(Date.now() - 1000) });
		await enter();
		expect(await context.db.select().from(sessions)).toHaveLength(1);
	});
});
