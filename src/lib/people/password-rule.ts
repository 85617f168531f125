import type { MessageKey } from '#lib/words/words.ts';

/** In characters. The upper end only keeps a megabyte of text away from the hash. */
export const passwordLength = { least: 8, most: 200 };

/** What guessing programs try first, as bare letters and digits; a longer password that merely contains one is fine. */
const common = new Set(
	`00000000 11111111 11223344 12121212 12341234 12344321 123123123 12345678 123456789 1234567890 1q2w3e4r 1q2w3e4r5t
	1qaz2wsx 55555555 66666666 87654321 88888888 99999999 987654321 aa123456 aaaaaaaa abc12345 abcd1234 abcdefgh admin123
	administrator adminadmin asdfasdf asdfghjk asdfghjkl baseball changeme computer dragon123 football iloveyou letmein1
	letmein123 matkhau123 michael1 monkey123 p@ssw0rd pass1234 passw0rd password password1 password12 password123
	princess q1w2e3r4 qazwsxedc qwer1234 qwerasdf qwerty12 qwerty123 qwertyui qwertyuiop ruleline rulelineruleline
	saigon123 secret123 shanghai starwars sunshine superman superman1 temp1234 test1234 trustno1 vietnam1 vietnam123
	welcome1 welcome123 whatever woaini1314 woaini520 zaq12wsx zxcvbnm1 zxcvbnm123`.split(/\s+/)
);

/**
 * Why this password may not be chosen, or null. Length and a list of what is guessed first, no demand for special
 * characters: those make passwords harder to keep in mind than to guess (NIST SP 800-63B).
 */
export function passwordProblem(password: string, email = ''): MessageKey | null {
	const plain = password.normalize('NFKC').toLowerCase();
	if ([...plain].length < passwordLength.least) return 'people.password_short';
	if (plain.length > passwordLength.most) return 'people.password_long';
	if (common.has(plain.replace(/[\s.!_-]/g, '')) || new Set(plain).size < 3) return 'people.password_common';
	return plain === email.trim().toLowerCase() ? 'people.password_common' : null;
}
