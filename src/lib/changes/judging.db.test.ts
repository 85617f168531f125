import { expect, it } from 'vitest';
import { loadStarterPack } from '#lib/starter/starter.server.ts';
import { someone } from '../../../tests/support/changes.ts';
import { describeWithDatabase } from '../../../tests/support/database.ts';
import { createDraft } from './changes.server.ts';
import { addPlaybookItem, playbookOf } from './playbook.server.ts';
import { addQuestion, editQuestion, questionsOf } from './questions.server.ts';
import { setStance, stanceOf } from './stance.server.ts';

describeWithDatabase('questions, the stance and the playbook of a change', (context) => {
	it('number questions on, keep their assumption and mark them answered', async () => {
		const { db } = context;
		const { change } = await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const words = {
			text: 'Which berth?',
			assumption: 'Every berth.',
			owner: person.id,
			reviewOn: '2026-12-15'
		};
		expect(await addQuestion(db, person, change, { ...words, answered: false })).toBe('Q21');
		const asked = (await questionsOf(db, change)).at(-1)!;
		await editQuestion(db, person, asked.id, { ...words, answered: true, version: 1 });
		expect((await questionsOf(db, change)).at(-1)).toMatchObject({
			state: 'answered',
			assumption: { en: 'Every berth.' },
			ownerName: 'Lin'
		});
		await expect(
			editQuestion(db, person, asked.id, { ...words, answered: false, version: 1 })
		).rejects.toMatchObject({ status: 412 });
	});

	it('let management alone choose the stance, with a reason and a review ahead', async () => {
		const { db } = context;
		const { measure } = await loadStarterPack(db);
		const boss = await someone(db, 'An', ['management']);
		const lin = await someone(db, 'Lin', ['compliance']);
		const form = { stance: 'prepare' as const, reason: 'Orders ship.', reviewOn: '2026-12-01', version: 1 };
		await expect(setStance(db, lin, measure, form, '2026-11-23')).rejects.toMatchObject({ status: 403 });
		for (const reviewOn of [null, '2026-11-23'])
			await expect(setStance(db, boss, measure, { ...form, reviewOn }, '2026-11-23')).rejects.toMatchObject({
				fields: { reviewOn: { key: 'stance.review_ahead' } }
			});
		await setStance(db, boss, measure, form, '2026-11-23');
		expect(await stanceOf(db, measure)).toMatchObject({
			by: 'An',
			measure: { stance: 'prepare', version: 2 }
		});
		await expect(setStance(db, boss, measure, form, '2026-11-23')).rejects.toMatchObject({ status: 412 });
	});

	it('ask a team for something once per key, where the kind may ask at all', async () => {
		const { db } = context;
		await loadStarterPack(db);
		const person = await someone(db, 'Lin', ['compliance']);
		const asked = {
			...{ key: 'D9', team: 'documentation', title: 'Weigh', guidance: '', evidenceLabel: 'Slip' },
			...{ evidenceType: 'document', condition: null, covers: 'order' as const, dueEvent: 'ETA' as const },
			...{ dueOffsetDays: -5, mandatory: true, secondPerson: false }
		};
		const port = await createDraft(db, person, { kind: 'port', title: 'Port', notes: '' });
		await expect(addPlaybookItem(db, person, port, asked)).rejects.toMatchObject({
			key: 'effects.refusal.no_playbook'
		});
		const standard = await createDraft(db, person, { kind: 'verification_standard', title: 'V', notes: '' });
		await addPlaybookItem(db, person, standard, asked);
		expect(await playbookOf(db, standard)).toMatchObject([{ key: 'D9', title: { en: 'Weigh' } }]);
		await expect(addPlaybookItem(db, person, standard, asked)).rejects.toMatchObject({
			fields: { key: { key: 'effects.playbook_key_taken' } }
		});
		await expect(
			addPlaybookItem(db, person, standard, { ...asked, key: 'D10', team: 'nobody' })
		).rejects.toMatchObject({ fields: { team: { key: 'form.field_wrong' } } });
	});
});
