import { expect, test } from 'vitest';
import { passwordProblem } from './password-rule.ts';
import {
	hashPassword,
	inventPassword,
	needsRehash,
	nobodysHash,
	verifyPassword
} from './passwords.server.ts';

test('a password matches its own hash and no other, and two hashes of it differ', async () => {
	const [one, two] = await Promise.all([hashPassword('bốn từ rời rạc'), hashPassword('bốn từ rời rạc')]);
	expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(one).not.toBe(two);
	expect(await verifyPassword(one, 'bốn từ rời rạc')).toBe(true);
	expect(await verifyPassword(one, 'bốn từ rời rạC')).toBe(false);
});

test('composed and decomposed Vietnamese letters are the same password', async () => {
	expect(
		await verifyPassword(await hashPassword('Đặng Phúc 88'.normalize('NFC')), 'Đặng Phúc 88'.normalize('NFD'))
	).toBe(true);
});

test('a text that is no hash of ours, and the hash of nobody, match nothing', async () => {
	for (const stored of ['', 'plain', nobodysHash]) expect(await verifyPassword(stored, '')).toBe(false);
});

test('a hash made at an older cost is renewed, one of today is not', async () => {
	expect(needsRehash(await hashPassword('anything at all'))).toBe(false);
	expect(needsRehash(nobodysHash.replace('m=19456', 'm=8192'))).toBe(true);
});

test('invented passwords may be chosen and do not repeat', () => {
	const made = Array.from({ length: 50 }, inventPassword);
	expect(new Set(made).size).toBe(50);
	expect(made.map((password) => passwordProblem(password)).filter(Boolean)).toEqual([]);
});

test.each([
	['1234567', 'people.password_short'],
	['密码密码密码密', 'people.password_short'],
	['Password123', 'people.password_common'],
	['pass-word 123', 'people.password_common'],
	['aaaaaaaabbbb', 'people.password_common'],
	['Lan.Tran@example.com', 'people.password_common'],
	['x1'.repeat(101), 'people.password_long'],
	['mưa rào tháng sáu', null],
	['ruleline-demo', null]
])('%s: %s', (password, problem) => {
	expect(passwordProblem(password, 'lan.tran@example.com')).toBe(problem);
});
