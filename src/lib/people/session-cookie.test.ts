import type { Cookies } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';

function jar() {
	const calls: { name: string; options: object }[] = [];
	const cookies = {
		set: (name: string, _value: string, options: object) => calls.push({ name, options }),
		delete: (name: string, options: object) => calls.push({ name, options })
	} as unknown as Cookies;
	return { cookies, calls };
}

test.each([
	['http://10.0.0.5:3000/sign-in', false],
	['https://ruleline.example/sign-in', true]
])('on %s the cookie is secure: %s', (address, secure) => {
	const { cookies, calls } = jar();
	setSessionCookie(cookies, new URL(address), { token: 'secret', expiresAt: new Date(0) });
	clearSessionCookie(cookies, new URL(address));
	for (const call of calls) {
		expect(call.name).toBe('ruleline_session');
		expect(call.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure });
	}
	expect(calls).toHaveLength(2);
});
