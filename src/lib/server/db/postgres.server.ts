import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Db } from './db.ts';
import { migrateServer } from './migrate.server.ts';
import { reasonOf, StartRefused } from './start-refused.ts';

const oldestVersion = 15;

/** Connects to PostgreSQL and brings the database to this version. @throws StartRefused */
export async function openPostgres(
	url: string,
	migrationsFolder: string
): Promise<{ db: Db; close(): Promise<void> }> {
	const single = connect(url, 1);
	try {
		await checkServer(single);
		await migrateServer(single, migrationsFolder);
	} finally {
		await single.end({ timeout: 2 });
	}
	const pool = connect(url, 10);
	return { db: drizzle(pool), close: () => pool.end({ timeout: 3 }) };
}

function connect(url: string, max: number): postgres.Sql {
	try {
		return postgres(url, { max, connect_timeout: 5, onnotice: () => {} });
	} catch (error) {
		throw new StartRefused(
			`DATABASE_URL is not an address of a PostgreSQL database: write it as postgres://user:password@host:5432/name.`,
			error
		);
	}
}

async function checkServer(sql: postgres.Sql): Promise<void> {
	const version = await sql<{ major: number }[]>`
		select current_setting('server_version_num')::int / 10000 as major`.catch((error: unknown) => {
		throw new StartRefused(whyUnreachable(error, sql), error);
	});
	const major = version[0]!.major;
	if (major < oldestVersion) {
		throw new StartRefused(
			`DATABASE_URL leads to PostgreSQL ${major}, which is too old: use PostgreSQL ${oldestVersion} or newer.`
		);
	}
}

/** Names host and port but never the address itself, which holds the password. */
function whyUnreachable(error: unknown, sql: postgres.Sql): string {
	const at = `${sql.options.host.join(', ')} port ${sql.options.port.join(', ')}`;
	const { user, database } = sql.options;
	const code = (error as { code?: string }).code ?? '';
	if (['28P01', '28000'].includes(code)) {
		return `PostgreSQL at ${at} refused the user ${user}: correct user and password in DATABASE_URL.`;
	}
	if (code === '3D000') {
		return `PostgreSQL at ${at} has no database "${database}": create it, or correct the name in DATABASE_URL.`;
	}
	return `PostgreSQL at ${at} could not be reached (${reasonOf(error)}): start it, or correct DATABASE_URL.`;
}
