import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** Memory in KiB, passes, lanes: the argon2id figures of the OWASP password storage cheat sheet. */
const today = { memory: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const keyBytes = 32;

type Cost = typeof today;
interface Parsed {
	cost: Cost;
	salt: Buffer;
	key: Buffer;
}

/**
 * The password as a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$key`, which carries what verifying it needs.
 * Takes some 30 ms of a thread, so never call it inside a transaction.
 */
export async function hashPassword(password: string, cost: Cost = today): Promise<string> {
	const salt = randomBytes(saltBytes);
	return phc(cost, salt, await keyOf(password, cost, salt, keyBytes));
}

/** Takes as long for a wrong password as for the right one. A stored text that is no hash of ours never matches. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
	const parsed = parse(stored);
	if (!parsed) return false;
	const key = await keyOf(password, parsed.cost, parsed.salt, parsed.key.length);
	return timingSafeEqual(key, parsed.key);
}

/** Whether the stored hash was made at another cost than today's, so that the next sign-in should renew it. */
export function needsRehash(stored: string): boolean {
	const cost = parse(stored)?.cost;
	return !cost || cost.memory !== today.memory || cost.passes !== today.passes || cost.lanes !== today.lanes;
}

/** A hash no password has: verifying against it costs an unknown account the time a known one costs. */
export const nobodysHash = phc(today, Buffer.alloc(saltBytes, 7), Buffer.alloc(keyBytes));

/** A first password to hand over: four groups without letters that are easily confused, some 78 bits. */
export function inventPassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
	return [group(), group(), group(), group()].join('-');
}

/** Vietnamese letters reach us composed or decomposed, depending on the keyboard: one form for both. */
function keyOf(password: string, cost: Cost, salt: Buffer, length: number): Promise<Buffer> {
	return derive('argon2id', {
		message: password.normalize('NFKC'),
		nonce: salt,
		memory: cost.memory,
		passes: cost.passes,
		parallelism: cost.lanes,
		tagLength: length
	});
}

function phc(cost: Cost, salt: Buffer, key: Buffer): string {
	const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
	return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.lanes}$${text(salt)}$${text(key)}`;
}

function parse(stored: string): Parsed | null {
	const form =
		/^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{22,})$/;
	const found = form.exec(stored);
	if (!found) return null;
	const [memory, passes, lanes] = found.slice(1, 4).map(Number);
	return {
		cost: { memory: memory!, passes: passes!, lanes: lanes! },
		salt: Buffer.from(found[4]!, 'base64'),
		key: Buffer.from(found[5]!, 'base64')
	};
}
