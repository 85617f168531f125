import { describe, expect, it } from 'vitest';
import { demoAllowed, EnvError, isLoopback, readEnv, variables } from './env.ts';

const refusalOf = (source: Record<string, string>): string => {
	try {
		readEnv(source);
	} catch (error) {
		if (error instanceof EnvError) return error.message;
		throw error;
	}
	return 'accepted';
};

describe('environment', () => {
	it('starts from an empty environment with the published defaults', () => {
		expect(readEnv({})).toMatchObject({
			PORT: 3000,
			HOST: '127.0.0.1',
			ORIGIN: 'http://127.0.0.1:3000',
			DATA_DIR: './data',
			DATABASE_URL: '',
			DEMO: 'auto',
			DEMO_TODAY: '2026-11-23',
			OUTBOUND_ALLOW: [],
			TRUST_PROXY: false,
			UPLOAD_LIMIT_MB: 20,
			WORKERS: true,
			LOG_LEVEL: 'info',
			TZ_BUSINESS: 'Asia/Ho_Chi_Minh'
		});
	});

	it('takes an empty variable as an unset one', () => {
		expect(readEnv({ PORT: '', DATABASE_URL: ' ' })).toEqual(readEnv({}));
	});

	it.each([
		[{ HOST: '127.0.0.1', PORT: '4100' }, 'http://127.0.0.1:4100'],
		[{ HOST: '::1' }, 'http://[::1]:3000'],
		[{ HOST: '0.0.0.0' }, 'http://127.0.0.1:3000'],
		[{ HOST: 'localhost', PORT: '80' }, 'http://localhost'],
		[{ HOST: '0.0.0.0', ORIGIN: 'https://ruleline.example.com/' }, 'https://ruleline.example.com']
	])('%j is reached at %s', (source, origin) => {
		expect(readEnv(source).ORIGIN).toBe(origin);
	});

	it.each([
		['PORT', '70000'],
		['PORT', '3000x'],
		['HOST', 'http://127.0.0.1'],
		['HOST', '127.0.0.1:3000'],
		['ORIGIN', 'ruleline.example.com'],
		['ORIGIN', 'https://ruleline.example.com/path'],
		['DEMO', 'yes'],
		['DEMO_TODAY', '2026-02-30'],
		['OUTBOUND_ALLOW', 'intranet.example'],
		['OUTBOUND_ALLOW', 'http://intranet.example:80'],
		['OUTBOUND_ALLOW', '*.example:80'],
		['TRUST_PROXY', 'true'],
		['UPLOAD_LIMIT_MB', '0'],
		['WORKERS', '2'],
		['LOG_LEVEL', 'loud'],
		['TZ_BUSINESS', 'Hanoi'],
		['MAIL_FROM', 'nobody'],
		['SHARE_PORT', 'x'],
		['SHARE_ORIGIN', 'ftp://share.example.com']
	])('refuses %s=%s in one sentence that names it, what was given and what is accepted', (name, text) => {
		const { accepts } = variables[name as keyof typeof variables];
		expect(refusalOf({ [name]: text })).toBe(`${name}: "${text}" is not accepted: give ${accepts}.`);
	});

	it.each(['DATABASE_URL', 'SMTP_URL', 'S3_URL'])('never repeats the value of %s', (name) => {
		const message = refusalOf({ [name]: 'gopher://someone:hunter2@db.example' });
		expect(message).toContain(name);
		expect(message).not.toMatch(/hunter2|someone|db\.example/);
	});

	it('reads the list of private addresses exactly as given, in lower case', () => {
		const { OUTBOUND_ALLOW } = readEnv({ OUTBOUND_ALLOW: 'Intranet.example:8080, 127.0.0.1:9,[::1]:81' });
		expect(OUTBOUND_ALLOW).toEqual(['intranet.example:8080', '127.0.0.1:9', '[::1]:81']);
	});

	it.each([
		[{}, true],
		[{ HOST: '0.0.0.0' }, false],
		[{ HOST: '0.0.0.0', DEMO: 'on' }, true],
		[{ DATABASE_URL: 'postgres://db.example/ruleline' }, false],
		[{ DATABASE_URL: 'postgres://db.example/ruleline', DEMO: 'on' }, true],
		[{ DEMO: 'off' }, false]
	])('with %j the demo workspace may be loaded: %s', (source, allowed) => {
		expect(demoAllowed(readEnv(source))).toBe(allowed);
	});

	it('knows which listening addresses stay on this machine', () => {
		expect(['127.0.0.1', '127.8.0.1', '::1', 'localhost'].every(isLoopback)).toBe(true);
		expect(['0.0.0.0', '::', '10.0.0.1', '127.example.com'].some(isLoopback)).toBe(false);
	});

	it('is what .env.example lists', async () => {
		const blocks = Object.entries(variables).map(
			([name, { meaning, fallback }]) => `# ${meaning}\n#${name}=${fallback}\n`
		);
		const intro =
			'# Copy this file to .env and take the # away from what you change. Values here are the defaults.\n';
		await expect([intro, ...blocks].join('\n')).toMatchFileSnapshot('../.env.example');
	});
});
