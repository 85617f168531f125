import { and, eq, sql } from 'drizzle-orm';
import { record } from '../activity/activity.server.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { addRow } from './prepare.server.ts';
import { declaredFor, insistOnProof, type Proof } from './proof.ts';
import { evidence, evidenceRevisions } from './tables.ts';

/**
 * Adds a newer state of evidence. Items that rest on an older one keep it: whoever wants the newer prepares them with it.
 * @returns the number of the revision
 * @throws Refusal 400 beside the field, 403, 404, 412
 */
export async function addRevision(
	db: Db,
	person: Person,
	id: number,
	proof: Proof,
	{ version, on }: { version: number; on: PlainDate }
): Promise<number> {
	const refusal = whyNot(person, 'evidence.add');
	if (refusal) throw new Refusal(refusal, { status: 403 });
	return transact(db, async (tx) => {
		const [now] = await tx.select().from(evidence).where(eq(evidence.id, id)).for('update');
		if (!now) throw notFound('noun.evidence');
		if (now.version !== version) throw stale(now);
		insistOnProof(proof, now.type, on);
		const [newest] = await tx
			.select({ number: sql<number>`coalesce(max(${evidenceRevisions.number}), 0)::int` })
			.from(evidenceRevisions)
			.where(eq(evidenceRevisions.evidence, id));
		const row = await addRow(tx, person, id, newest!.number + 1, declaredFor(now.type, proof), on);
		await tx
			.update(evidence)
			.set({ version: version + 1 })
			.where(and(eq(evidence.id, id), eq(evidence.version, version)));
		await record(tx, {
			person: person.id,
			deed: 'evidence.revised',
			subject: 'evidence',
			subjectId: id,
			order: now.order,
			data: { name: now.title, number: row.number, revision: row.id, sha256: row.sha256 }
		});
		return row.number;
	});
}
