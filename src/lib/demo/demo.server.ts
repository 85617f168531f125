import { eq, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { changes, measures } from '../changes/tables.ts';
import { canonical } from '../rules/fold.ts';
import { ruleVersions } from '../rules/tables.ts';
import { foldedRule } from '../rules/versions.server.ts';
import { judge } from '../checklists/judging.server.ts';
import { shortHash, syncMeasure, syncOrders } from '../checklists/sync.server.ts';
import { demoPassword } from '../people/accounts.ts';
import { createAccount } from '../people/accounts.server.ts';
import { hashPassword } from '../people/passwords.server.ts';
import { workspace } from '../people/tables.ts';
import type { Person } from '../people/roles.ts';
import { loadStarterPack } from '../starter/starter.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Storage } from '#lib/server/storage/storage.server.ts';
import type { PlainDate } from '#lib/time.ts';
import cast from './cast.json' with { type: 'json' };
import { loadInbox } from './inbox.server.ts';
import { loadOrders } from './orders.server.ts';
import { loadWork } from './work.server.ts';

/** The day the demo orders were quoted: their checklists began then. */
const quotedOn = '2026-11-03';

/** Ids of the demo people by the part of their address before the @. */
export type Cast = Record<string, number>;

/**
 * Makes the demo workspace: the pilot in use with stance `prepare`, a fictional exporter's people, orders, products and
 * the work they have done so far. One transaction: a killed start leaves an empty database.
 */
export async function loadDemo(db: Db, storage: Storage, shownOn: PlainDate | null): Promise<void> {
	const passwordHash = await hashPassword(demoPassword);
	const keep = await loadInbox(storage);
	await db.transaction(async (tx) => {
		await tx.insert(workspace).values({ kind: 'demo', shownOn });
		const ids = await loadStarterPack(tx);
		const people = await loadCast(tx, passwordHash);
		await usePilot(tx, ids, people);
		const orders = await loadOrders(tx, people);
		await syncOrders(tx, orders, quotedOn);
		await loadWork(tx, people);
		await keep(tx);
		await judge(tx, orders, shownOn ?? quotedOn);
	});
}

async function loadCast(tx: Db, passwordHash: string): Promise<Cast> {
	const ids: Cast = {};
	for (const { email, name, roles, teams } of cast) {
		ids[email.split('@')[0]!] = await createAccount(tx, null, {
			...{ email, name, passwordHash, locale: 'en', teams },
			roles: roles as Person['roles']
		});
	}
	return ids;
}

async function usePilot(tx: Db, ids: { measure: number; change: number }, people: Cast): Promise<void> {
	const used = { by: people.compliance!, at: new Date('2026-07-06T02:00:00Z') };
	await tx
		.update(changes)
		.set({ state: 'published', usedBy: used.by, usedAt: used.at })
		.where(eq(changes.id, ids.change));
	const [measure] = await tx
		.update(measures)
		.set({
			...{ stance: 'prepare', stanceBy: people.management!, stanceReviewOn: '2026-12-01' },
			stanceReason:
				'Preparing costs little and helps with customers either way. Looked at again on 1 December.',
			stanceAt: new Date('2026-07-07T03:00:00Z')
		})
		.where(eq(measures.id, ids.measure))
		.returning();
	const rule = await foldedRule(tx, measure!);
	const [version] = await tx
		.insert(ruleVersions)
		.values({
			...{ measure: ids.measure, number: 1, rule, hash: shortHash(canonical(rule)), change: ids.change },
			...{ because: 'published', knownOn: '2026-07-05', person: used.by, at: used.at }
		})
		.returning({ id: ruleVersions.id });
	const about = { measure: ids.measure, rule, version: { id: version!.id, number: 1 } };
	await syncMeasure(tx, about, '2026-11-23');
	await tx.execute(sql`
		update checklist_items set state = 'accepted', prepared_by = ${used.by}, accepted_by = ${used.by},
			prepared_at = ${used.at.toISOString()}::timestamptz, accepted_at = ${used.at.toISOString()}::timestamptz,
			done_hash = asked_hash
		where order_id is null and period = 'v1'`);
	const { title } = (await tx.select().from(changes).where(eq(changes.id, ids.change)))[0]!;
	await record(tx, [
		{
			...{ person: used.by, deed: 'change.published', subject: 'change', subjectId: ids.change, at: used.at },
			data: { title, version: 1, orders: 5 }
		},
		{
			...{ person: people.management!, deed: 'stance.set', subject: 'measure', subjectId: ids.measure },
			at: measure!.stanceAt!,
			data: {
				measure: measure!.names,
				stance: 'prepare',
				reason: measure!.stanceReason,
				words: measure!.stanceReason
			}
		}
	]);
}
