import { expect, test } from 'vitest';
import { addressKey, createLimit } from './limits.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 23) + second * 1000);

test('after so many attempts one has to wait until the first of them is old enough', () => {
	const limit = createLimit({ most: 3, withinMs: 60_000 });
	expect([0, 10, 20].map((second) => limit.take('lan', at(second)))).toEqual([0, 0, 0]);
	expect(limit.take('lan', at(30))).toBe(30);
	expect(limit.take('minh', at(30))).toBe(0);
	expect(limit.take('lan', at(60))).toBe(0);
	expect(limit.take('lan', at(61))).toBe(9);
});

test('an attempt given back does not count, and forgetting starts anew', () => {
	const limit = createLimit({ most: 1, withinMs: 60_000 });
	limit.take('lan', at(0));
	limit.giveBack('lan');
	expect(limit.take('lan', at(1))).toBe(0);
	limit.forget('lan');
	expect(limit.take('lan', at(2))).toBe(0);
	expect(limit.take('lan', at(3))).toBeGreaterThan(0);
});

test('a flood of keys costs bounded memory and drops the quietest', () => {
	const limit = createLimit({ most: 1, withinMs: 60_000, keys: 2 });
	for (const key of ['a', 'b', 'c']) limit.take(key, at(0));
	expect(limit.take('c', at(1))).toBeGreaterThan(0);
	expect(limit.take('a', at(1))).toBe(0);
});

test.each([
	['203.0.113.9', '203.0.113.9'],
	['::ffff:203.0.113.9', '203.0.113.9'],
	['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
	['2001:db8:1:2:bbbb::9', '2001:db8:1:2'],
	['somewhere', 'somewhere']
])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key));
