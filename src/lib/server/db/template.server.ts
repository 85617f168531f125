import { rename, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { installJobTables } from '../jobs/boss.server.ts';
import { migrateEmbedded } from './migrate.server.ts';

const ourMigrations = path.join(import.meta.dirname, '../../../../drizzle');

/**
 * Writes a migrated, empty embedded database (ours and the job tables) to `file` as a gzipped tar. A first start that
 * unpacks it takes about a second; without it, initialising and migrating take several.
 */
export async function makeTemplate(file: string, migrationsFolder = ourMigrations): Promise<void> {
	const dump = await dumpMigrated('gzip', migrationsFolder);
	const draft = `${file}.${process.pid}`;
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(draft, dump);
	await rename(draft, file);
}

/** The same as bytes; `none` is larger but faster to open. */
export async function dumpMigrated(
	compression: 'gzip' | 'none',
	migrationsFolder: string
): Promise<Uint8Array> {
	const pglite = await PGlite.create();
	try {
		await migrateEmbedded(pglite, migrationsFolder);
		await installJobTables({ kind: 'embedded', pglite });
		// What is not in the data files yet would be replayed at each start from the dump.
		await pglite.exec('checkpoint');
		const dump = await pglite.dumpDataDir(compression);
		return new Uint8Array(await dump.arrayBuffer());
	} finally {
		await pglite.close();
	}
}
