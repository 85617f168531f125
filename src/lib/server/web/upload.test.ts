import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '#lib/refusal.ts';
import { createStorage, type Storage } from '#lib/server/storage/storage.server.ts';
import { displayName, mediaTypeOf } from './file-kind.ts';
import { readUpload } from './upload.server.ts';

const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9, 0x20)]);

describe('a form with files', () => {
	let folder: string;
	let storage: Storage;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'ruleline-upload-'));
		storage = createStorage(folder);
	});
	afterEach(() => rm(folder, { recursive: true }));

	function request(files: Record<string, File>, fields: Record<string, string> = {}): Request {
		const form = new FormData();
		for (const [name, text] of Object.entries(fields)) form.append(name, text);
		for (const [name, file] of Object.entries(files)) form.append(name, file);
		form.append('after', 'a field behind the file');
		return new Request('http://localhost/', { method: 'POST', body: form });
	}
	const kept = async () =>
		(await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

	it('streams the file into storage and reads the other fields', async () => {
		const file = new File([pdf(200_000)], 'Báo cáo 声明.pdf', { type: 'text/html' });
		const form = await readUpload(request({ file }, { note: 'As agreed' }), storage, { maxBytes: 1_000_000 });
		expect(form.values).toEqual({ note: 'As agreed', after: 'a field behind the file' });
		expect(form.files.file).toMatchObject({
			name: 'Báo cáo 声明.pdf',
			mediaType: 'application/pdf',
			size: 200_000
		});
		expect(await storage.has(form.files.file!.sha256)).toBe(true);
	});

	it('refuses a file over the limit, keeps the other fields and leaves nothing', async () => {
		const file = new File([pdf(300_000)], 'big.pdf');
		const form = await readUpload(request({ file }, { note: 'kept' }), storage, { maxBytes: 200_000 });
		expect(form.refusals.file).toMatchObject({ key: 'upload.too_large', status: 413 });
		expect(form.values).toEqual({ note: 'kept', after: 'a field behind the file' });
		expect(form.files).toEqual({});
		expect(await kept()).toEqual([]);
	});

	it('stops reading what goes on far past the limit, and keeps nothing', async () => {
		let sent = 0;
		async function* endless() {
			yield Buffer.from(
				'--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
			);
			for (;;) yield (sent += 65_536) && Buffer.alloc(65_536, 0x20);
		}
		const body = Readable.toWeb(
			Readable.from(endless(), { objectMode: false })
		) as ReadableStream<Uint8Array>;
		const headers = { 'content-type': 'multipart/form-data; boundary=x' };
		const broken = await readUpload(
			new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
			storage,
			{ maxBytes: 200_000 }
		).catch((error: Refusal) => error);
		expect(broken).toMatchObject({ key: 'upload.form_too_large', status: 413 });
		expect(sent).toBeLessThan(2_000_000);
		expect(await kept()).toEqual([]);
	});

	it.each([
		['page.pdf', '<!doctype html><script>alert(1)</script>'],
		['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
		['notes.txt', '\ufeff  <html><body>'],
		['table.csv', 'a,b\n<script>alert(1)</script>,2'],
		['plain.html', 'nothing but words'],
		['program.pdf', '\u007fELF\u0002\u0001\u0001'],
		['packed.zip', 'PK\u0003\u0004nothing of ours'],
		['bytes.txt', 'text\u0000with zero']
	])('refuses %s for what it is, whatever its name says, and leaves nothing', async (name, text) => {
		const file = new File([text], name, { type: 'application/pdf' });
		const form = await readUpload(request({ file }), storage, { maxBytes: 200_000 });
		expect(form.refusals.file).toMatchObject({ key: 'upload.wrong_kind', status: 415 });
		expect(form.values.after).toBe('a field behind the file');
		expect(await kept()).toEqual([]);
	});

	it('takes an empty file field as none', async () => {
		const form = await readUpload(request({ file: new File([], '') }), storage, { maxBytes: 200_000 });
		expect([form.files, form.refusals]).toEqual([{}, {}]);
	});

	it('reads a form without files too', async () => {
		const body = new URLSearchParams({ reuse: '12', version: '3' });
		const form = await readUpload(new Request('http://localhost/', { method: 'POST', body }), storage, {
			maxBytes: 1_000
		});
		expect(form.values).toEqual({ reuse: '12', version: '3' });
	});

	it('leaves nothing of an upload whose sender went away', async () => {
		const outcome = Promise.withResolvers<unknown>();
		const server = createServer((incoming) => {
			const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
			const init = { method: 'POST', body, headers: { 'content-type': incoming.headers['content-type']! } };
			const upload = new Request('http://localhost/', { ...init, duplex: 'half' } as RequestInit);
			readUpload(upload, storage, { maxBytes: 1_000_000 }).then(outcome.resolve, outcome.resolve);
		});
		await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
		const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
		socket.write(
			'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 900000\r\n\r\n' +
				'--x\r\ncontent-disposition: form-data; name="file"; filename="half.pdf"\r\n\r\n%PDF-1.7\n'
		);
		socket.write(Buffer.alloc(100_000, 0x20), () => setTimeout(() => socket.destroy(), 50));
		expect(await outcome.promise).toMatchObject({ key: 'upload.broken' });
		expect(await kept()).toEqual([]);
		server.close();
	});

	it('ends with the trouble of our own disk instead of waiting for ever', async () => {
		const broken = { ...storage, write: () => Promise.reject(new Error('EIO')) };
		const file = new File([pdf(3_000_000)], 'a.pdf');
		await expect(readUpload(request({ file }), broken, { maxBytes: 9_000_000 })).rejects.toThrow('EIO');
	});

	it('says so when the form itself is no form', async () => {
		const headers = { 'content-type': 'multipart/form-data' };
		const broken = new Request('http://localhost/', { method: 'POST', body: 'x', headers });
		await expect(readUpload(broken, storage, { maxBytes: 1_000 })).rejects.toMatchObject({
			key: 'upload.broken',
			status: 400
		});
	});
});

describe('the kind of a file', () => {
	const bytes = (text: string) => new Uint8Array(Buffer.from(text));

	it.each([
		['a.csv', 'model,value\nQL,2.96', 'text/csv'],
		['a.txt', '声明编号 000', 'text/plain'],
		['a.json', '{"value":"2.96"}', 'application/json'],
		['mail.eml', 'From: a@b.example\nSubject: x\n\n<html>', 'message/rfc822'],
		['a.jpg', '\u0000', null]
	])('%s is told by its bytes and its name', async (name, text, type) => {
		expect(await mediaTypeOf(bytes(text), name)).toBe(type);
	});

	it('tells Word and Excel apart from other packed files', async () => {
		const packed = (entry: string) =>
			new Uint8Array(Buffer.from(`PK\u0003\u0004 [Content_Types].xml ${entry}`, 'latin1'));
		expect(await mediaTypeOf(packed('xl/workbook.xml'), 'a.bin')).toContain('spreadsheetml');
		expect(await mediaTypeOf(packed('word/document.xml'), 'a.bin')).toContain('wordprocessingml');
		expect(await mediaTypeOf(packed('classes.dex'), 'a.docx')).toBeNull();
	});
});

describe('the name of a file', () => {
	it.each([
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\li\\报告.pdf', '报告.pdf'],
		['a\u202egpj.exe\r\n.pdf', 'agpj.exe.pdf'],
		['   ', 'file'],
		['line\nbreak.txt', 'linebreak.txt']
	])('%j is shown as %s', (name, shown) => {
		expect(displayName(name)).toBe(shown);
	});

	it('stays short and keeps its ending', () => {
		const shown = displayName(`${'长'.repeat(300)}.pdf`);
		expect([...shown]).toHaveLength(120);
		expect(shown.endsWith('….pdf')).toBe(true);
	});
});
