import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '#lib/people/roles.ts';
import { people } from '#lib/people/tables.ts';
import { notFound, Refusal, stale } from '#lib/refusal.ts';
import { transact, violated, type Db } from '#lib/server/db/db.ts';
import { insist, nextKey, takeChange, takeMeasure, written } from './at-hand.server.ts';
import { told } from './changes.server.ts';
import { Box, line, OptionalDay } from './draft.ts';
import { whyNotAttest } from './permissions.ts';
import { questions } from './tables.ts';

export type Question = typeof questions.$inferSelect & { ownerName: string | null };

/** A known unknown and what is assumed meanwhile. `owner`: a person's id; `reviewOn`: when it is looked at again. */
export const QuestionWords = z.object({
	text: line(1_000),
	assumption: line(1_000),
	owner: z
		.union([z.literal(''), z.coerce.number().int().positive()])
		.default('')
		.transform((id) => id || null),
	reviewOn: OptionalDay,
	answered: Box
});
export type QuestionWords = z.infer<typeof QuestionWords>;

export async function questionsOf(db: Db, change: number): Promise<Question[]> {
	const rows = await db
		.select({ question: questions, ownerName: people.name })
		.from(questions)
		.leftJoin(people, eq(people.id, questions.owner))
		.where(eq(questions.change, change))
		.orderBy(asc(questions.id));
	return rows.map((row) => ({ ...row.question, ownerName: row.ownerName }));
}

/** Answers the key (`Q21`), the next free one of the measure. */
export async function addQuestion(
	db: Db,
	person: Person,
	changeId: number,
	words: QuestionWords
): Promise<string> {
	return transact(db, async (tx) => {
		const change = await takeChange(tx, changeId);
		insist(whyNotAttest(change, person));
		await takeMeasure(tx, change.measure);
		const key = await nextKey(tx, questions, change.measure);
		const about = { key, measure: change.measure, change: change.id };
		await known(() => tx.insert(questions).values({ ...about, ...columns(person, words) }));
		await told(tx, person, 'question.added', change, { key });
		return key;
	});
}

/** Edits a question, or marks it answered. Its assumption stays readable: rule versions rest on it. */
export async function editQuestion(
	db: Db,
	person: Person,
	id: number,
	{ version, ...words }: QuestionWords & { version: number }
): Promise<void> {
	await transact(db, async (tx) => {
		const [question] = await tx.select().from(questions).where(eq(questions.id, id)).for('update');
		if (!question) throw notFound('noun.question');
		const change = await takeChange(tx, question.change);
		insist(whyNotAttest(change, person));
		if (question.version !== version) throw stale(question);
		const set = { ...columns(person, words, question), version: question.version + 1 };
		await known(() => tx.update(questions).set(set).where(eq(questions.id, id)));
		await told(tx, person, 'question.changed', change, { key: question.key });
	});
}

function columns(person: Person, words: QuestionWords, before?: typeof questions.$inferSelect) {
	return {
		text: written(person, words.text, before?.text),
		assumption: written(person, words.assumption, before?.assumption),
		owner: words.owner,
		reviewOn: words.reviewOn,
		state: words.answered ? ('answered' as const) : ('open' as const)
	};
}

async function known(write: () => Promise<unknown>): Promise<void> {
	try {
		await write();
	} catch (error) {
		if (!violated(error)?.includes('owner')) throw error;
		throw new Refusal('form.check_fields', { status: 400, fields: { owner: { key: 'form.field_wrong' } } });
	}
}
