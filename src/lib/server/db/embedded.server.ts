import { constants, existsSync, fsyncSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cp, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from './db.ts';
import { DurableNodeFS, durableStartParams } from './durable-fs.server.ts';
import { takeLock } from './lock.server.ts';
import { migrateEmbedded } from './migrate.server.ts';
import { reasonOf, StartRefused } from './start-refused.ts';

export interface EmbeddedOptions {
	/** Holds `pgdata` (the database) and `ruleline.lock` beside it. */
	dataDir: string;
	/** A prepared, migrated folder (see template.server.ts) to begin a new database from; skipped when it is not there. */
	template?: string;
	migrationsFolder: string;
	/** Stands in for fsync where a test counts. */
	flush?: (fd: number) => void;
}

/** Opens the embedded database and brings it to this version. @throws StartRefused */
export async function openEmbedded(
	options: EmbeddedOptions
): Promise<{ db: Db; pglite: PGlite; close(): Promise<void> }> {
	const release = lockFolder(options.dataDir);
	try {
		const { pglite, settled } = await openMigrated(options);
		const close = async () => {
			await settled;
			await pglite.close();
			release();
		};
		return { db: drizzle(pglite), pglite, close };
	} catch (error) {
		release();
		throw error;
	}
}

function lockFolder(dataDir: string): () => void {
	try {
		mkdirSync(dataDir, { recursive: true });
		return takeLock(path.join(dataDir, 'ruleline.lock'));
	} catch (error) {
		if (error instanceof StartRefused) throw error;
		throw new StartRefused(
			`The data folder ${path.resolve(dataDir)} cannot be written (${reasonOf(error)}): give this user write access to it, or set DATA_DIR to another folder.`,
			error
		);
	}
}

/**
 * A folder that was being filled when the process died would look like a database and be none. So a marker stands
 * beside it until it is complete, and what a marker stands beside is made anew: nothing was acknowledged from it yet.
 */
async function openMigrated(options: EmbeddedOptions): Promise<{ pglite: PGlite; settled: Promise<void> }> {
	const folder = path.join(options.dataDir, 'pgdata');
	const marker = path.join(options.dataDir, 'pgdata.incomplete');
	if (existsSync(marker)) rmSync(folder, { recursive: true, force: true });
	const isNew = !existsSync(folder);
	if (isNew) writeFileSync(marker, '');
	const pglite = await openPglite(folder, options, isNew);
	try {
		await migrateEmbedded(pglite, options.migrationsFolder);
	} catch (error) {
		await pglite.close();
		throw error;
	}
	rmSync(marker, { force: true });
	return { pglite, settled: isNew ? flushFolder(folder) : Promise.resolve() };
}

async function openPglite(folder: string, options: EmbeddedOptions, isNew: boolean): Promise<PGlite> {
	try {
		if (isNew && options.template && existsSync(options.template)) await copied(options.template, folder);
		return await PGlite.create({
			fs: new DurableNodeFS(folder, options.flush),
			startParams: durableStartParams
		});
	} catch (error) {
		throw new StartRefused(
			`The embedded database in ${path.resolve(folder)} could not be opened (${reasonOf(error)}): check that this user owns the folder and the disk is not full, or restore a backup.`,
			error
		);
	}
}

/** File systems that can share blocks until they change do so. */
async function copied(template: string, folder: string): Promise<void> {
	await cp(template, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** A new database was written without a flush; this makes it safe in the background, for it takes about a second. */
async function flushFolder(folder: string): Promise<void> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const file = await open(path.join(entry.parentPath, entry.name), 'r').catch(() => null);
		// A file that is gone by now was temporary.
		await file?.sync();
		await file?.close();
	}
	const root = await open(folder, 'r');
	fsyncSync(root.fd);
	await root.close();
}
