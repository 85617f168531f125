import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { OutboundError } from './outbound-error.ts';

type Inflate = (packed: Uint8Array, options: zlib.ZlibOptions & zlib.BrotliOptions) => Promise<Uint8Array>;

const gunzip: Inflate = promisify(zlib.gunzip);
const inflateZlib: Inflate = promisify(zlib.inflate);
const inflateRaw: Inflate = promisify(zlib.inflateRaw);

/** Servers send "deflate" with or without the zlib wrapper; its first byte tells which. */
const inflateAny: Inflate = (packed, options) =>
	((packed[0] ?? 0) & 0x0f) === 8 ? inflateZlib(packed, options) : inflateRaw(packed, options);

const INFLATERS: Record<string, Inflate> = {
	br: promisify(zlib.brotliDecompress),
	deflate: inflateAny,
	gzip: gunzip,
	'x-gzip': gunzip
};

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Each layer multiplies the work; honest servers use one. */
const MAX_LAYERS = 2;

/** Reads a body as it was sent. Stops at the first byte over the limit, so an endless body costs no more than that. */
export async function readBody(
	stream: AsyncIterable<Uint8Array>,
	maxBytes: number,
	host: string
): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		length += chunk.byteLength;
		if (length > maxBytes) throw new OutboundError('too_large', host);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, length);
}

/** Undoes `Content-Encoding`, never producing more than `maxBytes` in any layer. */
export async function inflateBody(
	packed: Uint8Array,
	contentEncoding: string | undefined,
	maxBytes: number,
	host: string
): Promise<Uint8Array> {
	const layers = (contentEncoding ?? '')
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '' && name !== 'identity');
	if (packed.byteLength === 0) return packed;
	if (layers.length > MAX_LAYERS) throw new OutboundError('unreadable', host);
	let bytes = packed;
	for (const layer of layers.reverse()) bytes = await inflateLayer(layer, bytes, maxBytes, host);
	return bytes;
}

async function inflateLayer(
	layer: string,
	packed: Uint8Array,
	maxBytes: number,
	host: string
): Promise<Uint8Array> {
	const inflate = Object.hasOwn(INFLATERS, layer) ? INFLATERS[layer] : undefined;
	if (!inflate) throw new OutboundError('unreadable', host);
	try {
		return await inflate(packed, { maxOutputLength: maxBytes });
	} catch (cause) {
		const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
		throw new OutboundError(tooLarge ? 'too_large' : 'broken_body', host, { cause });
	}
}
