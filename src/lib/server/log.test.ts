import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, level = 'info'): string {
	const lines: string[] = [];
	write(createLog(level, { write: (line) => void lines.push(line) }));
	return lines.join('');
}

test('passwords, tokens and cookies never reach the log, however deep', () => {
	const line = logged((log) =>
		log.info(
			{
				password: 'pw-1',
				person: { passwordHash: 'pw-2', email: 'lan@demo.example' },
				request: { headers: { cookie: 'pw-3', authorization: 'Bearer pw-4', 'set-cookie': ['pw-5'] } },
				token: 'pw-6'
			},
			'signed in'
		)
	);
	expect(line).not.toMatch(/pw-\d/);
	expect(line).toContain('lan@demo.example');
	expect(line).toContain('signed in');
});

test('a failed query is logged with its cause but without what it was given', () => {
	const cause = Object.assign(new Error('duplicate key'), { parameters: ['hash-1'], code: '23505' });
	const error = new DrizzleQueryError(
		'insert into people values ($1, $2)',
		['hash-1', 'two\nlines hash-1'],
		cause
	);
	const line = logged((log) => log.error({ err: error }, 'request failed'));
	expect(line).not.toContain('hash-1');
	expect(line).toContain('insert into people');
	expect(line).toContain('duplicate key');
	expect(line).toContain('log.test.ts');
});

test('what lies under the level is left out', () => {
	expect(logged((log) => log.info('quiet'), 'warn')).toBe('');
});
