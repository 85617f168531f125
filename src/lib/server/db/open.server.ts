import type { PGlite } from '@electric-sql/pglite';
import type { Db } from './db.ts';
import { openEmbedded } from './embedded.server.ts';
import { openPostgres } from './postgres.server.ts';

export interface Database {
	db: Db;
	kind: 'embedded' | 'postgres';
	/** Only of the embedded database. */
	pglite?: PGlite;
	/** Only of PostgreSQL. Holds the password: never log it. */
	url?: string;
	/** Ends running queries' connections and gives the data folder free. */
	close(): Promise<void>;
}

export interface OpenOptions {
	/** PostgreSQL; the embedded database in `dataDir` when unset. */
	databaseUrl?: string;
	dataDir: string;
	/** Folder of a prepared database for the first start; skipped when it is not there. */
	template?: string;
	/** The folder drizzle-kit writes, with meta/_journal.json. */
	migrationsFolder: string;
}

/** Opens the database, creates it if there is none, and runs pending migrations. @throws StartRefused */
export async function openDatabase(options: OpenOptions): Promise<Database> {
	if (options.databaseUrl) {
		const opened = await openPostgres(options.databaseUrl, options.migrationsFolder);
		return { ...opened, kind: 'postgres', url: options.databaseUrl };
	}
	return { ...(await openEmbedded(options)), kind: 'embedded' };
}
