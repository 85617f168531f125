import { expect, test } from 'vitest';
import { isHarmless } from './same-origin.ts';

const here = new URL('http://ruleline.test/orders/new');

function asked(method: string, origin?: string) {
	return isHarmless({ method, headers: new Headers(origin ? { origin } : {}) }, here);
}

test('a form of ours may change something', () => {
	expect(asked('POST', 'http://ruleline.test')).toBe(true);
});

test.each([
	['http://evil.example'],
	['https://ruleline.test'],
	['http://ruleline.test:81'],
	['null'],
	[undefined]
])('a form of %s may not, whatever its content type', (origin) => {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(asked(method, origin)).toBe(false);
});

test('reading is free', () => {
	for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(asked(method, 'http://evil.example')).toBe(true);
});
