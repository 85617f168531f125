import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';

/** Enough for every signature file types are told by. */
const headBytes = 4_096;

export interface StoredFile {
	/** Lower-case hex; the only name a stored file has. */
	sha256: string;
	/** In bytes. */
	size: number;
	/** The first bytes, at most 4,096, to tell the type by. */
	head: Uint8Array;
}

export interface Storage {
	/**
	 * Keeps what the stream yields, once per content. It is on disk when this resolves.
	 * @throws FileTooLarge as soon as more than `maxBytes` arrived, StorageFull when the disk is; both leave nothing behind
	 */
	write(stream: AsyncIterable<Uint8Array>, limit: { maxBytes: number }): Promise<StoredFile>;
	/** The content as a stream, or null when there is none. */
	read(sha256: string): Promise<ReadableStream<Uint8Array> | null>;
	/** The whole content in memory, or null: for small files. */
	bytes(sha256: string): Promise<Uint8Array | null>;
	has(sha256: string): Promise<boolean>;
	/** Removes what uploads cut short by a kill left behind before `before`. @returns how many files */
	sweep(before: Date): Promise<number>;
}

export class FileTooLarge extends Error {
	readonly maxBytes: number;

	constructor(maxBytes: number) {
		super(`The file is larger than ${maxBytes} bytes.`);
		this.name = 'FileTooLarge';
		this.maxBytes = maxBytes;
	}
}

export class StorageFull extends Error {
	constructor(cause: unknown) {
		super('There is no space left for files.', { cause });
		this.name = 'StorageFull';
	}
}

/** Files by their content under `dir`: ab/cd/<sha256>, and unfinished ones in tmp/. No name ever comes from a person. */
export function createStorage(dir: string): Storage {
	const unfinished = path.join(dir, 'tmp');
	return {
		async write(stream, { maxBytes }) {
			await mkdir(unfinished, { recursive: true });
			const draft = path.join(unfinished, randomUUID());
			try {
				const stored = await spool(stream, draft, maxBytes);
				await settle(draft, place(dir, stored.sha256));
				return stored;
			} catch (error) {
				throw isFull(error) ? new StorageFull(error) : error;
			} finally {
				await rm(draft, { force: true });
			}
		},
		async read(sha256) {
			if (!(await exists(dir, sha256))) return null;
			return Readable.toWeb(createReadStream(place(dir, sha256))) as ReadableStream<Uint8Array>;
		},
		async bytes(sha256) {
			return (await exists(dir, sha256)) ? readFile(place(dir, sha256)) : null;
		},
		has: (sha256) => exists(dir, sha256),
		sweep: (before) => sweep(unfinished, before)
	};
}

async function spool(stream: AsyncIterable<Uint8Array>, file: string, maxBytes: number): Promise<StoredFile> {
	const hash = createHash('sha256');
	const handle = await open(file, 'wx', 0o640);
	const head: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			if (size < headBytes) head.push(chunk.slice(0, headBytes - size));
			size += chunk.byteLength;
			if (size > maxBytes) throw new FileTooLarge(maxBytes);
			hash.update(chunk);
			await writeAll(handle, chunk);
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
	return { sha256: hash.digest('hex'), size, head: Buffer.concat(head) };
}

/** One write may take only part of what it is given. */
async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
	for (let done = 0; done < chunk.byteLength;) {
		done += (await handle.write(chunk, done)).bytesWritten;
	}
}

/** Moves a finished file to its place and makes the new name itself last. The same content twice is the same file. */
async function settle(draft: string, final: string): Promise<void> {
	const folder = path.dirname(final);
	const created = await mkdir(folder, { recursive: true });
	await rename(draft, final);
	await syncFolder(folder);
	// Of new folders, the names stand in the folders above.
	for (let at = folder; created && at !== path.dirname(created); at = path.dirname(at)) {
		await syncFolder(path.dirname(at));
	}
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function place(dir: string, sha256: string): string {
	return path.join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

/** Anything but a hash exists nowhere, so that no text of a person becomes a path. */
async function exists(dir: string, sha256: string): Promise<boolean> {
	if (!/^[0-9a-f]{64}$/.test(sha256)) return false;
	return access(place(dir, sha256)).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false;
			throw error;
		}
	);
}

async function sweep(folder: string, before: Date): Promise<number> {
	const names = await readdir(folder).catch(() => []);
	const files = names.map((name) => path.join(folder, name));
	const left = await Promise.all(files.map(async (file) => (await stat(file)).mtime < before && file));
	const stale = left.filter((file) => file !== false);
	await Promise.all(stale.map((file) => rm(file, { force: true })));
	return stale.length;
}

function isFull(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : '';
	return code === 'ENOSPC' || code === 'EDQUOT';
}
