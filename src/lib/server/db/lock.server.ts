import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { StartRefused } from './start-refused.ts';

/** How often the holder shows that it lives, and after how long of silence another machine may take over. */
const beatMs = 5_000;
const silenceMs = 20_000;

interface Holder {
	pid: number;
	/** Start of the process in clock ticks since boot, where /proc tells it: a process id alone is soon used again. */
	startedAt: string | null;
	host: string;
	/** Tells two locks of one process apart. */
	key: string;
}

/**
 * Takes the lock on a data folder, for the embedded database itself takes none and two processes on one folder
 * destroy it. A lock whose process is gone is taken over.
 * @returns releases the lock
 * @throws StartRefused naming the process that holds it
 */
export function takeLock(file: string): () => void {
	const mine: Holder = {
		pid: process.pid,
		startedAt: stat(process.pid)?.startedAt ?? null,
		host: hostname(),
		key: randomUUID()
	};
	if (!create(file, mine)) {
		const holder = read(file);
		if (holder && alive(holder, file)) throw inUse(holder, file);
		discard(file, holder);
		if (!create(file, mine)) throw inUse(read(file), file);
	}
	const beat = setInterval(() => touch(file), beatMs);
	beat.unref();
	return () => {
		clearInterval(beat);
		if (read(file)?.key === mine.key) rmSync(file, { force: true });
	};
}

/** Appears complete or not at all: a link, unlike a write, is refused if the name is taken. */
function create(file: string, holder: Holder): boolean {
	const draft = `${file}.${holder.key}`;
	writeFileSync(draft, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
	try {
		linkSync(draft, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(draft, { force: true });
	}
}

/** Removes a stale lock. Two processes may try at once, so what was moved away is looked at and put back if alive. */
function discard(file: string, stale: Holder | null): void {
	const aside = `${file}.${randomUUID()}`;
	try {
		renameSync(file, aside);
	} catch {
		return; // Another process was faster; creating ours now decides.
	}
	if (read(aside)?.key !== stale?.key) linkSync(aside, file);
	rmSync(aside, { force: true });
}

/** Null when there is no lock, or an unreadable one: locks appear complete, so that one is the remains of a power cut. */
function read(file: string): Holder | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Holder;
	} catch {
		return null;
	}
}

/** Another machine or container cannot see our processes: there the age of the last beat decides. */
function alive(holder: Holder, file: string): boolean {
	if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < silenceMs;
	if (!exists(holder.pid)) return false;
	const now = stat(holder.pid);
	if (now === null || holder.startedAt === null) return true;
	return now.startedAt === holder.startedAt && now.state !== 'Z';
}

function exists(pid: number): boolean {
	try {
		process.kill(pid, 0); // Signal 0 only asks.
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * State and start of a process (fields 3 and 22 of /proc/<pid>/stat, counted behind the command name because that may
 * contain blanks and brackets), or null where there is no /proc. State Z: it ended, only its parent has not looked yet.
 */
function stat(pid: number): { state: string; startedAt: string } | null {
	try {
		const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
		return { state: fields[0]!, startedAt: fields[19]! };
	} catch {
		return null;
	}
}

function touch(file: string): void {
	try {
		utimesSync(file, new Date(), new Date());
	} catch {
		// The folder is gone or unwritable; the next write to the database reports it better than we can here.
	}
}

function inUse(holder: Holder | null, file: string): StartRefused {
	const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
	return new StartRefused(
		`The data folder is in use by ${who}: stop that one, choose another DATA_DIR, or delete ${file} if it is certainly gone.`
	);
}
