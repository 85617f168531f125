import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { installJobTables } from '../jobs/boss.server.ts';
import type { Db } from './db.ts';
import { migrateEmbedded } from './migrate.server.ts';

const ourMigrations = path.join(import.meta.dirname, '../../../../drizzle');

/**
 * Makes `folder` a migrated embedded database (ours and the job tables), empty or with what `load` puts in, closed in
 * order. A first start copies it in a tenth of a second; unpacking a dump takes one, initialising and migrating several.
 */
export async function makeTemplate(
	folder: string,
	{
		migrationsFolder = ourMigrations,
		load
	}: { migrationsFolder?: string; load?: (db: Db) => Promise<void> } = {}
): Promise<void> {
	const draft = `${folder}.${process.pid}`;
	await mkdir(path.dirname(folder), { recursive: true });
	await rm(draft, { recursive: true, force: true });
	const pglite = await PGlite.create(draft);
	try {
		await fill(pglite, migrationsFolder, load);
	} finally {
		await pglite.close();
	}
	await rm(folder, { recursive: true, force: true });
	await rename(draft, folder);
}

/** The same in memory, as the bytes of a tar. */
export async function dumpMigrated(
	compression: 'gzip' | 'none',
	migrationsFolder: string
): Promise<Uint8Array> {
	const pglite = await PGlite.create();
	try {
		await fill(pglite, migrationsFolder);
		const dump = await pglite.dumpDataDir(compression);
		return new Uint8Array(await dump.arrayBuffer());
	} finally {
		await pglite.close();
	}
}

async function fill(
	pglite: PGlite,
	migrationsFolder: string,
	load?: (db: Db) => Promise<void>
): Promise<void> {
	await migrateEmbedded(pglite, migrationsFolder);
	await installJobTables({ kind: 'embedded', pglite });
	await load?.(drizzle(pglite));
	await pglite.exec('analyze');
	// What is not in the data files yet would be replayed at each start from them.
	await pglite.exec('checkpoint');
}
