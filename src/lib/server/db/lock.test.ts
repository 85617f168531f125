import { spawn, spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.server.ts';

let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'ruleline-lock-'));
	file = path.join(folder, 'ruleline.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A lock as another holder would have left it. */
function left(holder: { pid: number; startedAt: string | null; host?: string }): void {
	writeFileSync(file, JSON.stringify({ host: hostname(), key: 'other', ...holder }));
}

test('a second taker is refused with the process id of the first, and gets it after the release', () => {
	const release = takeLock(file);
	expect(() => takeLock(file)).toThrow(new RegExp(`in use by process ${process.pid} on`));
	expect(() => takeLock(file)).toThrow(expect.objectContaining({ code: 'START_REFUSED' }));
	release();
	expect(readdirSync(folder)).toEqual([]);
	takeLock(file)();
});

test('a lock whose process is gone is taken over', () => {
	left({ pid: spawnSync('true').pid, startedAt: '1' });
	takeLock(file)();
	expect(existsSync(file)).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))(
	'a process id that now belongs to another process counts as gone',
	() => {
		left({ pid: process.pid, startedAt: '1' });
		takeLock(file)();
	}
);

test.runIf(existsSync('/proc/self/stat'))('another living process keeps its lock', async () => {
	const other = spawn('sleep', ['30']);
	try {
		const stat = readFileSync(`/proc/${other.pid}/stat`, 'utf8');
		left({ pid: other.pid!, startedAt: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]! });
		const before = readFileSync(file, 'utf8');
		expect(() => takeLock(file)).toThrow(`process ${other.pid} on`);
		expect(readFileSync(file, 'utf8')).toBe(before);
	} finally {
		other.kill();
	}
});

test('the lock of another machine holds while it is kept fresh', () => {
	left({ pid: 1, startedAt: '1', host: 'elsewhere' });
	expect(() => takeLock(file)).toThrow('process 1 on elsewhere');
	const longAgo = new Date(Date.now() - 60_000);
	utimesSync(file, longAgo, longAgo);
	takeLock(file)();
});

test('an unreadable lock, as a power cut leaves it, does not stand in the way', () => {
	writeFileSync(file, '');
	takeLock(file)();
});

test('a release after somebody else took over leaves their lock alone', () => {
	const release = takeLock(file);
	left({ pid: 1, startedAt: null });
	release();
	expect(existsSync(file)).toBe(true);
});
