import { eq, inArray } from 'drizzle-orm';
import type { Db } from '#lib/server/db/db.ts';
import { evidence, evidenceRevisions } from './tables.ts';

/** What evidence is called, by revision: what a checklist row names. One query. */
export async function evidenceTitles(
	db: Db,
	revisions: readonly number[]
): Promise<Map<number, { id: number; title: string }>> {
	if (!revisions.length) return new Map();
	const found = await db
		.select({ revision: evidenceRevisions.id, id: evidence.id, title: evidence.title })
		.from(evidenceRevisions)
		.innerJoin(evidence, eq(evidence.id, evidenceRevisions.evidence))
		.where(inArray(evidenceRevisions.id, [...new Set(revisions)]));
	return new Map(found.map(({ revision, id, title }) => [revision, { id, title }]));
}
