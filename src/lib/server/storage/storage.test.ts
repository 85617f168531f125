import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStorage, FileTooLarge, StorageFull, type Storage } from './storage.server.ts';

let dir: string;
let storage: Storage;
const mebibyte = 1_048_576;

beforeEach(() => {
	dir = mkdtempSync(path.join(tmpdir(), 'ruleline-files-'));
	storage = createStorage(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

async function* chunks(...parts: (string | Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
	for (const part of parts) {
		if (part instanceof Error) throw part;
		yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
	}
}

const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

async function text(stream: ReadableStream<Uint8Array> | null): Promise<string | null> {
	return stream && new Response(stream).text();
}

test('a file is kept by its content and read back as stream and as bytes', async () => {
	const stored = await storage.write(chunks('ISO 14067 ', 'statement'), { maxBytes: 100 });
	const sha256 = createHash('sha256').update('ISO 14067 statement').digest('hex');
	expect(stored).toMatchObject({ sha256, size: 19 });
	expect(new TextDecoder().decode(stored.head)).toBe('ISO 14067 statement');
	expect(statSync(path.join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)).size).toBe(19);
	expect(await storage.has(sha256)).toBe(true);
	expect(await text(await storage.read(sha256))).toBe('ISO 14067 statement');
	expect(new TextDecoder().decode((await storage.bytes(sha256))!)).toBe('ISO 14067 statement');
});

test('the same content twice is one file, and nothing unfinished stays', async () => {
	const first = await storage.write(chunks('same'), { maxBytes: 100 });
	const second = await storage.write(chunks('sa', 'me'), { maxBytes: 100 });
	expect(second.sha256).toBe(first.sha256);
	expect(filesIn(dir)).toHaveLength(1);
});

test('the head holds the first 4,096 bytes, however they arrive', async () => {
	const stored = await storage.write(chunks(new Uint8Array(4_000), 'x'.repeat(1_000)), {
		maxBytes: mebibyte
	});
	expect(stored.head).toHaveLength(4_096);
	expect(stored.head[4_000]).toBe('x'.charCodeAt(0));
	expect(stored.size).toBe(5_000);
});

test('an empty file is a file', async () => {
	const { sha256, size } = await storage.write(chunks(), { maxBytes: 10 });
	expect(size).toBe(0);
	expect(await text(await storage.read(sha256))).toBe('');
});

test('a file over the limit is refused while it arrives and leaves nothing', async () => {
	let read = 0;
	async function* endless(): AsyncGenerator<Uint8Array> {
		for (;;) {
			read++;
			yield new Uint8Array(65_536);
		}
	}
	const refused = storage.write(endless(), { maxBytes: mebibyte });
	await expect(refused).rejects.toThrow(FileTooLarge);
	expect(read).toBe(17);
	expect(filesIn(dir)).toEqual([]);
	await expect(storage.write(chunks('exact'), { maxBytes: 5 })).resolves.toMatchObject({ size: 5 });
});

test('an upload that breaks off leaves nothing', async () => {
	const broken = storage.write(chunks('half', new Error('connection reset')), { maxBytes: 100 });
	await expect(broken).rejects.toThrow('connection reset');
	expect(filesIn(dir)).toEqual([]);
});

test('a full disk is told apart and leaves nothing', async () => {
	const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	await expect(storage.write(chunks('half', full), { maxBytes: 100 })).rejects.toThrow(StorageFull);
	expect(filesIn(dir)).toEqual([]);
});

test('what is not there, or is no hash, is answered with nothing', async () => {
	writeFileSync(path.join(dir, 'secret'), 'secret');
	for (const name of ['0'.repeat(64), 'secret', '../secret', 'A'.repeat(64), '']) {
		expect(await storage.has(name)).toBe(false);
		expect(await storage.read(name)).toBeNull();
		expect(await storage.bytes(name)).toBeNull();
	}
});

test('remains of uploads cut short by a kill are swept, those under way are not', async () => {
	await storage.write(chunks('kept'), { maxBytes: 100 });
	writeFileSync(path.join(dir, 'tmp/left-behind'), 'half');
	expect(await storage.sweep(new Date(Date.now() - 60_000))).toBe(0);
	expect(await storage.sweep(new Date(Date.now() + 60_000))).toBe(1);
	expect(filesIn(dir)).toHaveLength(1);
	expect(await createStorage(path.join(dir, 'never-used')).sweep(new Date())).toBe(0);
});
