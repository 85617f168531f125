import { expect, it } from 'vitest';
import { record } from '#lib/activity/activity.server.ts';
import { wordsFor } from '#lib/words/words.ts';
import english from '#lib/words/en.json' with { type: 'json' };
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { demoDay, personCalled, withDemo } from '../../../tests/support/demo.ts';
import { counted } from '../../../tests/support/queries.ts';
import { createStandingCache } from './standing-cache.server.ts';
import { standingLine } from './standing.server.ts';

const words = wordsFor('en', english, 'Asia/Ho_Chi_Minh');
const now = new Date('2026-11-23T02:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describeWithDatabase('the kept standing line', (context) => {
	it('costs one query until something happened, and says what an unkept one says', async () => {
		await withDemo(context.db);
		const cache = createStandingCache();
		const { db, queries } = counted(context.db);
		const ask = async (at: Date) => {
			const before = queries();
			const line = await cache.line(db, words, demoDay, at);
			return { line, asked: queries() - before };
		};
		const first = await ask(now);
		expect(first.line).toEqual(await standingLine(context.db, words, demoDay, now));
		expect(first.asked).toBeGreaterThan(1);
		expect(await ask(after(1))).toEqual({ line: first.line, asked: 1 });

		const person = await personCalled(context.db, 'compliance');
		const about = { subject: 'measure', subjectId: 1, data: {} };
		await record(context.db, [{ person: person.id, deed: 'stance.set', ...about }]);
		expect((await ask(after(2))).asked).toBe(first.asked);
		expect((await ask(after(3))).asked).toBe(1);
		expect((await ask(after(40))).asked).toBe(first.asked);
	});

	it('is kept for each language and day by itself', async () => {
		await withDemo(context.db);
		const cache = createStandingCache();
		const { db, queries } = counted(context.db);
		await cache.line(db, words, demoDay, now);
		const before = queries();
		await cache.line(db, { ...words, locale: 'vi' }, demoDay, now);
		await cache.line(db, words, '2026-11-24', now);
		expect(queries() - before).toBeGreaterThan(4);
	});
});
