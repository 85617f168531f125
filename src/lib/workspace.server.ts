import { count } from 'drizzle-orm';
import { loadDemo } from '#lib/demo/demo.server.ts';
import { makeSetupLink } from '#lib/people/setup.server.ts';
import { people, workspace } from '#lib/people/tables.ts';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import type { PlainDate } from '#lib/time.ts';
import { demoAllowed, type Env } from '../env.ts';

export interface Workspace {
	kind: 'demo' | 'real';
	/** The business day a demo is shown on; null follows the calendar. */
	shownOn: PlainDate | null;
	/** Where the first person is made; null once there is one. */
	setupLink: string | null;
}

/**
 * The one workspace of this database. An empty database gets the demo where that is allowed, else a real workspace with
 * the pilot in review, waiting for its first person. Its kind never changes.
 */
export async function openWorkspace(db: Db, storage: Storage, env: Env): Promise<Workspace> {
	let [row] = await db.select().from(workspace);
	if (!row) {
		if (demoAllowed(env)) await loadDemo(db, storage, env.DEMO_TODAY === 'real' ? null : env.DEMO_TODAY);
		else await makeReal(db);
		[row] = await db.select().from(workspace);
	}
	const { kind, shownOn } = row!;
	return { kind, shownOn, setupLink: await setupLink(db, env) };
}

async function makeReal(db: Db): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.insert(workspace).values({ kind: 'real' });
		await loadStarterPack(tx);
	});
}

async function setupLink(db: Db, env: Env): Promise<string | null> {
	const [{ people: already } = { people: 0 }] = await db.select({ people: count() }).from(people);
	return already > 0 ? null : `${env.ORIGIN}/setup/${await makeSetupLink(db)}`;
}
