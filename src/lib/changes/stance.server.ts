import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { record } from '#lib/activity/activity.server.ts';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { insistMay, takeMeasure } from './at-hand.server.ts';
import { KnownDay, line, Version } from './draft.ts';
import { measures } from './tables.ts';
import { stances } from './words.ts';

/** What the company does about a measure, why, and when that is looked at again. */
export const StanceForm = z.object({
	stance: z.enum(stances),
	reason: line(1_000),
	reviewOn: KnownDay,
	version: Version
});
export type StanceForm = z.infer<typeof StanceForm>;

export interface StanceNow {
	measure: typeof measures.$inferSelect;
	by: string | null;
}

/** The measure with its stance and the name of the person who chose it. @throws Refusal 404 */
export async function stanceOf(db: Db, measure: number): Promise<StanceNow> {
	const [row] = await db
		.select({ measure: measures, by: people.name })
		.from(measures)
		.leftJoin(people, eq(people.id, measures.stanceBy))
		.where(eq(measures.id, measure));
	if (!row) throw notFound('noun.measure');
	return row;
}

/** @throws Refusal 404 */
export async function measureById(db: Db, id: number): Promise<typeof measures.$inferSelect> {
	return (await stanceOf(db, id)).measure;
}

/**
 * Management's decision. `today` is the business day: a review lies after it. Checklists depend on the stance, so the
 * caller brings them in line within the same transaction.
 */
export async function setStance(
	db: Db,
	person: Person,
	measureId: number,
	{ stance, reason, reviewOn, version }: StanceForm,
	today: PlainDate
): Promise<void> {
	insistMay(person, 'stance.set');
	if (!reviewOn || reviewOn <= today) {
		const fields = { reviewOn: { key: 'stance.review_ahead' as const } };
		throw new Refusal('form.check_fields', { status: 400, fields });
	}
	await transact(db, async (tx) => {
		const measure = await takeMeasure(tx, measureId);
		if (measure.version !== version) throw stale(measure);
		const decided = { stanceReason: reason, stanceReviewOn: reviewOn, stanceBy: person.id };
		await tx
			.update(measures)
			.set({ stance, ...decided, stanceAt: sql`now()`, version: measure.version + 1 })
			.where(eq(measures.id, measure.id));
		const data = { stance, before: measure.stance, reason, measure: measure.names };
		await record(tx, {
			person: person.id,
			deed: 'stance.set',
			subject: 'measure',
			subjectId: measure.id,
			data
		});
	});
}
