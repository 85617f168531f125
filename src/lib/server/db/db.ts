import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/**
 * What every domain function takes first: the embedded database, PostgreSQL, or a transaction of either.
 * Inside a transaction use only the `tx` handed in: the embedded database has one connection, and a query on
 * the outer `db` would wait for that very transaction to end.
 */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** Rows of `db.execute(...)`: the embedded driver wraps them in an object, postgres.js answers with an array. */
export function rows<Row>(result: unknown): Row[] {
	return Array.isArray(result) ? result : (result as { rows: Row[] }).rows;
}

/** The name of the unique, foreign key or check constraint that refused a write, or undefined for any other error. */
export function violated(error: unknown): string | undefined {
	const refused = causes(error).find((cause) => cause.code?.startsWith('23'));
	return refused?.constraint ?? refused?.constraint_name;
}

/** The five-character SQLSTATE behind an error, whichever driver threw it and however it was wrapped. */
export function sqlState(error: unknown): string | undefined {
	return causes(error).find((cause) => /^[0-9A-Z]{5}$/.test(cause.code ?? ''))?.code;
}

/**
 * Runs `work` in a transaction, again from the start if the database chose it as the victim of a deadlock or of a
 * serialisation clash (three attempts). `work` must do nothing but database work, for it may run more than once.
 */
export async function transact<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.transaction(work);
		} catch (error) {
			const clash = ['40001', '40P01'].includes(sqlState(error) ?? '');
			if (!clash || attempt === 3) throw error;
		}
	}
}

interface DriverError {
	code?: string;
	constraint?: string;
	constraint_name?: string;
	cause?: unknown;
}

/** The error and what caused it, outermost first; drizzle wraps what a driver throws. */
function causes(error: unknown): DriverError[] {
	const chain: DriverError[] = [];
	for (let link = error; link instanceof Error && chain.length < 8; link = link.cause) {
		chain.push(link as DriverError);
	}
	return chain;
}
