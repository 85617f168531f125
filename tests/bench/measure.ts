import { expected, type Client } from './client.ts';

export interface Side {
	client: Client;
	address: string;
}

export interface Times {
	median: number;
	p95: number;
}

/** Enough that the median stands still; the machine is seldom alone. */
const rounds = 6;
const perRound = 12;
const warmUp = 15;

/**
 * Sequential requests to several sides in turns, in milliseconds. What else the machine does then slows them alike, and
 * their ratio holds where the times do not.
 */
export async function sideBySide(sides: Side[]): Promise<Times[]> {
	for (const side of sides) await timed(side, warmUp);
	const times = sides.map((): number[] => []);
	for (let round = 0; round < rounds; round += 1) {
		for (const [index, side] of sides.entries()) times[index]!.push(...(await timed(side, perRound)));
	}
	return times.map(timesOf);
}

async function timed({ client, address }: Side, count: number): Promise<number[]> {
	const times: number[] = [];
	for (let sent = 0; sent < count; sent += 1) {
		const from = performance.now();
		const answer = await client.get(address);
		times.push(performance.now() - from);
		expected(answer, address);
	}
	return times;
}

export function timesOf(times: number[]): Times {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
	return { median: at(0.5), p95: at(0.95) };
}

/** Requests a second with so many clients at once, in turns of a second. */
export async function ratesOf(sides: Side[], clients = 16, seconds = 3): Promise<number[]> {
	const counts = sides.map(() => 0);
	const spent = sides.map(() => 0);
	for (let turn = 0; turn < seconds; turn += 1) {
		for (const [index, side] of sides.entries()) {
			const from = performance.now();
			const until = from + 1000;
			await Promise.all(
				Array.from({ length: clients }, async () => {
					while (performance.now() < until) {
						expected(await side.client.get(side.address), side.address);
						counts[index]! += 1;
					}
				})
			);
			spent[index]! += performance.now() - from;
		}
	}
	return counts.map((count, index) => count / (spent[index]! / 1000));
}
