import { closeSync, fsyncSync, openSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/**
 * PGlite as it ships never flushes to disk: PostgreSQL runs with -F, and its file system layer answers fsync without
 * asking the host. A power cut would lose acknowledged work, so both are put right here. This reaches into the
 * Emscripten module, hence the exact version in package.json and the test that counts flushes per commit.
 */
export class DurableNodeFS extends NodeFS {
	readonly #flush: (fd: number) => void;

	constructor(dataDir: string, flush: (fd: number) => void = fsyncSync) {
		super(dataDir);
		this.#flush = flush;
	}

	override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
		const { emscriptenOpts } = await super.init(pglite, options);
		const wireFsync = (module: unknown) => {
			const nodefs = (module as EmscriptenModule).FS.filesystems.NODEFS;
			nodefs.stream_ops.fsync = (stream) => this.#sync(stream, nodefs);
		};
		return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), wireFsync] } };
	}

	#sync(stream: EmscriptenStream, nodefs: EmscriptenNodeFS): number {
		if (stream.nfd !== undefined) this.#flush(stream.nfd);
		else this.#syncFolder(nodefs.realPath(stream.node));
		return 0;
	}

	/** PostgreSQL flushes folders too, after it created or renamed a file; Emscripten opens no descriptor for those. */
	#syncFolder(path: string): void {
		const fd = openSync(path, 'r');
		try {
			this.#flush(fd);
		} finally {
			closeSync(fd);
		}
	}
}

/** PGlite's own start parameters without "-F" (no fsync); fdatasync would never reach the host, fsync does. */
export const durableStartParams = [
	...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
	...['fsync=on', 'wal_sync_method=fsync', 'synchronous_commit=on'].flatMap((setting) => ['-c', setting])
];

interface EmscriptenStream {
	nfd?: number;
	node: unknown;
}
interface EmscriptenNodeFS {
	stream_ops: { fsync?: (stream: EmscriptenStream) => number };
	realPath(node: unknown): string;
}
interface EmscriptenModule {
	FS: { filesystems: { NODEFS: EmscriptenNodeFS } };
}
