// The workspace a command works on: the same settings, database and day as the server's.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEnv } from '../../src/env.ts';
import { workspace } from '../../src/lib/people/tables.ts';
import { Refusal } from '../../src/lib/refusal.ts';
import { openDatabase } from '../../src/lib/server/db/open.server.ts';
import { sentence } from '../../src/lib/server/web/form.server.ts';
import { businessDay } from '../../src/lib/time.ts';
import english from '../../src/lib/words/en.json' with { type: 'json' };
import { wordsFor } from '../../src/lib/words/words.ts';
import { root, StepFailed } from '../install.mjs';

const nothingHere =
	'There is no workspace in this database yet: run npm start once, which makes it, and then this command again.';

/**
 * Opens the database, does the work and closes it again. `work` gets { db, kind, today }: the database, 'demo' or 'real',
 * and the business day. A command makes no workspace: what the server finds on its first start has to be empty.
 * Throws StartRefused, EnvError, or StepFailed with what a refused deed says.
 */
export async function withWorkspace(work) {
	const env = readEnv(process.env);
	const dataDir = path.resolve(env.DATA_DIR);
	if (!env.DATABASE_URL && !existsSync(path.join(dataDir, 'pgdata'))) throw new StepFailed(nothingHere);
	const database = await openDatabase({
		databaseUrl: env.DATABASE_URL || undefined,
		dataDir,
		migrationsFolder: path.join(root, 'drizzle')
	});
	try {
		const [found] = await database.db.select().from(workspace);
		if (!found) throw new StepFailed(nothingHere);
		const today = found.shownOn ?? businessDay(new Date(), env.TZ_BUSINESS);
		return await work({ db: database.db, kind: found.kind, today });
	} catch (error) {
		throw error instanceof Refusal ? told(error, env.TZ_BUSINESS) : error;
	} finally {
		await database.close();
	}
}

function told(refusal, zone) {
	const words = wordsFor('en', english, zone);
	const fields = Object.entries(refusal.fields).map(
		([name, { key, args }]) => `${name}: ${words.t(key, args)}`
	);
	return new StepFailed(fields.length ? fields.join('\n') : sentence(refusal, words));
}
