import { conversation, history } from '#lib/activity/activity.server.ts';
import { sentenceOf } from '#lib/activity/sentence.ts';
import type { Change } from '#lib/changes/at-hand.server.ts';
import { citable, originGroups } from '#lib/changes/claims.server.ts';
import { heldClaims } from '#lib/changes/held.server.ts';
import { playbookOf } from '#lib/changes/playbook.server.ts';
import { questionsOf } from '#lib/changes/questions.server.ts';
import { previewChange, type RolloutOf } from '#lib/checklists/rollout.server.ts';
import { evidenceTypeNames } from '#lib/evidence/types.ts';
import { listPeople } from '#lib/people/people.server.ts';
import { vocabularyOf } from '#lib/rules/effects.server.ts';
import { readEffects, readRule } from '#lib/rules/read.server.ts';
import { foldedRule } from '#lib/rules/versions.server.ts';
import { measureById } from '#lib/changes/stance.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { TabName } from './tabs.ts';

type Locals = Pick<App.Locals, 'db' | 'words' | 'today'>;

const HISTORY = 100;

/** What each view of a change needs; only the one that is shown is loaded. */
const loaders = {
	claims: async ({ db }: Locals, change: Change) => ({
		name: 'claims' as const,
		claims: await heldClaims(db, { changes: [change.id] }),
		citable: await citable(db, change.id),
		groups: await originGroups(db, change.measure)
	}),
	rule: async ({ db, today }: Locals, change: Change) => ({
		name: 'rule' as const,
		parts: await readEffects(db, change, today),
		vocabulary: await vocabularyOf(db, change.measure)
	}),
	asks: async ({ db }: Locals, change: Change) => ({
		name: 'asks' as const,
		items: await playbookOf(db, change.id),
		teams: await teamNames(db),
		evidenceTypes: evidenceTypeNames
	}),
	questions: async ({ db }: Locals, change: Change) => ({
		name: 'questions' as const,
		questions: await questionsOf(db, change.id),
		people: (await listPeople(db))
			.filter((person) => !person.disabledAt)
			.map(({ id, name }) => ({ id, name }))
	}),
	impact: async (locals: Locals, change: Change) => ({
		name: 'impact' as const,
		preview: await previewOf(locals, change),
		teams: await teamNames(locals.db)
	}),
	talk: async ({ db }: Locals, change: Change) => ({
		name: 'talk' as const,
		comments: await conversation(db, 'change', change.id)
	}),
	history: async ({ db, words }: Locals, change: Change) => ({
		name: 'history' as const,
		deeds: (await history(db, { subject: 'change', subjectId: change.id, limit: HISTORY })).map((row) => ({
			id: row.id,
			at: row.at,
			sentence: sentenceOf(row, words)
		}))
	})
} satisfies Record<TabName, (locals: Locals, change: Change) => Promise<{ name: TabName }>>;

export type Tab = Awaited<ReturnType<(typeof loaders)[TabName]>>;
export type TabData<Name extends TabName> = Extract<Tab, { name: Name }>;

export function loadTab(name: TabName, locals: Locals, change: Change): Promise<Tab> {
	return loaders[name](locals, change);
}

/** The orders a roll-out would touch, with the basis its money rests on. Null: the change was withdrawn. */
async function previewOf({ db, today }: Locals, change: Change) {
	if (change.state === 'withdrawn') return null;
	const as: RolloutOf = change.state === 'published' ? 'withdraw' : 'publish';
	const { reached, released, altered, ...sums } = await previewChange(db, change.id, today, as);
	const measure = await measureById(db, change.measure);
	// The money of either side rests on the rule that has the change in it.
	const rule = await foldedRule(db, measure, as === 'publish' ? { withChange: change.id } : {});
	const { certainty, assumptions, uncorroborated } = await readRule(db, measure.id, rule, today);
	const rows = { reached, released, altered };
	return {
		as,
		...sums,
		basis: { certainty, assumptions, uncorroborated },
		counts: { reached: reached.length, released: released.length, altered: altered.length },
		orders: Object.values(rows)
			.flat()
			.slice(0, HISTORY)
			.map(({ plan: _plan, ...order }) => order)
	};
}
