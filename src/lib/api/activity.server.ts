import type { z } from 'zod';
import { history, type ActivityRow } from '#lib/activity/activity.server.ts';
import { sentenceOf } from '#lib/activity/sentence.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { Words } from '#lib/words/words.ts';
import type { Deed } from './activity.ts';
import { instant, pageOf } from './shapes.ts';

export interface Narrowed {
	subject?: string | undefined;
	id?: number | undefined;
	order?: number | undefined;
}

const portion = 500;

export async function activityPage(
	db: Db,
	words: Words,
	about: Narrowed,
	{ limit, cursor }: { limit: number; cursor?: number | undefined }
) {
	const page = { ...wanted(about), ...(cursor && { before: cursor }), limit: limit + 1 };
	const rows = await history(db, page);
	return pageOf(
		rows,
		limit,
		({ id }) => id,
		(row) => shownDeed(row, words)
	);
}

/** Everything there is, newest first, read in portions as somebody takes it. */
export async function* allActivity(
	db: Db,
	words: Words,
	about: Narrowed
): AsyncGenerator<z.output<typeof Deed>> {
	for (let before: number | undefined; ;) {
		const page = { ...wanted(about), ...(before ? { before } : {}), limit: portion };
		const rows = await history(db, page);
		for (const row of rows) yield shownDeed(row, words);
		if (rows.length < portion) return;
		before = rows.at(-1)!.id;
	}
}

function wanted({ subject, id, order }: Narrowed): { subject?: string; subjectId?: number; order?: number } {
	return { ...(subject && { subject }), ...(id && { subjectId: id }), ...(order && { order }) };
}

function shownDeed(row: ActivityRow, words: Words): z.output<typeof Deed> {
	const { id, person, deed, subject, subjectId, order, data } = row;
	return {
		...{ id, version: 1, at: instant(row.at), person, deed, subject, subjectId, order, data },
		sentence: sentenceOf(row, words)
	};
}
