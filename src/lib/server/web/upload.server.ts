import busboy, { type FileInfo } from 'busboy';
import { fail, isRedirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { Refusal } from '#lib/refusal.ts';
import { FileTooLarge, StorageFull, type Storage } from '#lib/server/storage/storage.server.ts';
import type { MessageKey } from '#lib/words/words.ts';
import { displayName, mediaTypeOf } from './file-kind.ts';
import { fieldErrors, refused, type FormDone, type FormRefusal } from './form.server.ts';

const MEGABYTE = 1_048_576;
/** Enough to see a signature and the first names inside a packed document. */
const peekBytes = 65_536;

/** A file that came with a form: in storage, of a kind we take. */
export interface Upload {
	sha256: string;
	name: string;
	mediaType: string;
	size: number;
}

export interface UploadedForm {
	values: FormRefusal['values'];
	files: Record<string, Upload>;
	/** Why files were not taken, by the name of their field. */
	refusals: Record<string, Refusal>;
}

/**
 * Reads a form that carries files, streaming each into storage as it arrives. A file over the limit, of a kind we do not
 * take or cut short leaves nothing behind; the other fields are read all the same, so that nothing typed is lost.
 * @throws Refusal 400 when the form itself is broken, 413 when there is no end to it
 */
export async function readUpload(
	request: Request,
	storage: Storage,
	{ maxBytes }: { maxBytes: number }
): Promise<UploadedForm> {
	const form: UploadedForm = { values: {}, files: {}, refusals: {} };
	const parser = parserFor(request);
	const arriving: Promise<void>[] = [];
	parser.on('field', (name, text) => put(form.values, name, text));
	parser.on('file', (name: string, stream: Readable, info: FileInfo) => {
		// A file field that nothing was chosen for arrives without a name.
		if (!info.filename) return void stream.resume();
		const arrival = keep(storage, stream, info.filename, maxBytes).then(
			(upload) => void (form.files[name] = upload),
			(error: unknown) => {
				if (!(error instanceof Refusal)) throw error;
				form.refusals[name] = error;
			}
		);
		// It is awaited below; until then a failure is nobody's surprise.
		arrival.catch(() => {});
		arriving.push(arrival);
	});
	try {
		await pour(request, parser, maxBytes * 3);
	} catch (error) {
		await Promise.allSettled(arriving);
		throw brokenOff(error, maxBytes);
	}
	await Promise.all(arriving);
	return form;
}

/** What a form action does with files: `formAction`, with what was uploaded as third argument. */
export function uploadAction<E extends RequestEvent, S extends z.ZodType>(
	schema: S,
	act: (event: E, input: z.infer<S>, files: Record<string, Upload>) => Promise<MessageKey | FormDone>
) {
	return async (event: E): Promise<ActionFailure<FormRefusal> | FormDone> => {
		const { words, services } = event.locals;
		const maxBytes = services.env.UPLOAD_LIMIT_MB * MEGABYTE;
		let values: FormRefusal['values'] = {};
		try {
			const form = await readUpload(event.request, services.storage, { maxBytes });
			values = form.values;
			const [field, refusal] = Object.entries(form.refusals)[0] ?? [];
			if (field && refusal) {
				const said = refused(refusal, words, values);
				return fail(refusal.status, { ...said, errors: { [field]: said.message } });
			}
			const names = Object.values(form.files).map((file) => file.name);
			if (names.length) values = { ...values, fileName: words.list(names) };
			const parsed = schema.safeParse(form.values);
			if (!parsed.success) {
				const errors = fieldErrors(parsed.error, words);
				return fail(400, { message: words.t('form.check_fields'), errors, values });
			}
			const done = await act(event, parsed.data, form.files);
			return typeof done === 'string' ? { done: words.t(done) } : done;
		} catch (error) {
			if (isRedirect(error) || !(error instanceof Refusal)) throw error;
			return fail(error.status, refused(error, words, values));
		}
	};
}

function parserFor(request: Request): busboy.Busboy {
	try {
		return busboy({
			headers: { 'content-type': request.headers.get('content-type') ?? '' },
			defParamCharset: 'utf8',
			limits: { fields: 200, fieldSize: 200_000, files: 4, parts: 204, headerPairs: 100 }
		});
	} catch {
		throw new Refusal('upload.broken', { status: 400 });
	}
}

/**
 * Feeds the parser. The stream is never cancelled: that would cut the connection before our answer could be read. What
 * exceeds the limit by far is left unread instead.
 */
async function pour(request: Request, parser: busboy.Busboy, ceiling: number): Promise<void> {
	const ended = new Promise<void>((resolve, reject) => {
		parser.on('close', resolve);
		parser.on('error', reject);
	});
	ended.catch(() => {});
	const reader = request.body?.getReader();
	try {
		for (let total = 0; reader;) {
			const { done, value } = await reader.read();
			if (done) break;
			total += value.byteLength;
			if (total > ceiling) throw new FileTooLarge(ceiling);
			if (!parser.write(value)) await Promise.race([ended, new Promise((go) => parser.once('drain', go))]);
		}
		parser.end();
	} catch (error) {
		parser.destroy(error as Error);
		throw error;
	}
	await ended;
}

async function keep(storage: Storage, stream: Readable, called: string, maxBytes: number): Promise<Upload> {
	const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const name = displayName(called);
	try {
		const { head, rest } = await peek(chunks);
		const mediaType = await mediaTypeOf(head, name);
		if (!mediaType) throw new Refusal('upload.wrong_kind', { status: 415, args: { name } });
		const { sha256, size } = await storage.write(rest, { maxBytes });
		return { sha256, size, name, mediaType };
	} catch (error) {
		// Whatever went wrong, the fields behind the file only arrive once it has been read to its end.
		while (!(await chunks.next()).done);
		if (error instanceof FileTooLarge) throw tooLarge(maxBytes, name);
		if (error instanceof StorageFull) throw new Refusal('upload.no_space', { status: 507 });
		throw error;
	}
}

/** The first bytes, and all of them once more as a stream. Ending early leaves the source to be drained. */
async function peek(
	chunks: AsyncIterator<Buffer>
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
	const first: Buffer[] = [];
	let size = 0;
	while (size < peekBytes) {
		const { done, value } = await chunks.next();
		if (done) break;
		first.push(value);
		size += value.byteLength;
	}
	async function* rest() {
		yield* first;
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
	}
	return { head: Buffer.concat(first), rest: rest() };
}

function tooLarge(maxBytes: number, name: string): Refusal {
	return new Refusal('upload.too_large', {
		status: 413,
		args: { name, limit: Math.floor(maxBytes / MEGABYTE) }
	});
}

/** The connection ended, the form is damaged, or the body goes on past what any form of ours needs. */
function brokenOff(error: unknown, maxBytes: number): Refusal {
	const endless = error instanceof FileTooLarge || (error as { status?: unknown }).status === 413;
	if (!endless) return new Refusal('upload.broken', { status: 400 });
	return new Refusal('upload.form_too_large', {
		status: 413,
		args: { limit: Math.floor(maxBytes / MEGABYTE) }
	});
}

/** As `valuesOf` of form.server.ts: a name that ends in `[]` or stands more than once is a list. */
function put(values: FormRefusal['values'], name: string, text: string): void {
	const key = name.endsWith('[]') ? name.slice(0, -2) : name;
	const before = values[key];
	if (name.endsWith('[]') || before !== undefined) values[key] = [before ?? [], text].flat();
	else values[key] = text;
}
