import { attestations, changes, claims, measures, playbookItems, questions } from '../changes/tables.ts';
import type { Effect } from '../changes/effects.ts';
import { categories, places } from '../rules/tables.ts';
import { sources, sourceTiers } from '../sources/tables.ts';
import { teams } from '../teams/tables.ts';
import type { Db } from '#lib/server/db/db.ts';
import article from './article.json' with { type: 'json' };
import categoryRows from './categories.json' with { type: 'json' };
import claimRows from './claims.json' with { type: 'json' };
import placeRows from './places.json' with { type: 'json' };
import playbookRows from './playbook.json' with { type: 'json' };
import questionRows from './questions.json' with { type: 'json' };
import rule from './rule.json' with { type: 'json' };
import sourceRows from './sources.json' with { type: 'json' };
import teamRows from './teams.json' with { type: 'json' };

/** The key of the source that the starter pack's article stands in. */
const articleSource = 'eyingbao';

/**
 * Fills an empty workspace with what is known of the pilot: places, categories, teams, sources (all off), the article's
 * claims attested by our own summary, the open questions and the playbook. The change is left in review: a person
 * decides whether it is used here.
 * @returns ids of the measure and of the change
 */
export async function loadStarterPack(tx: Db): Promise<{ measure: number; change: number }> {
	await tx.insert(teams).values(teamRows.map((team, position) => ({ ...team, position })));
	await tx.insert(places).values(placeRows as (typeof places.$inferInsert)[]);
	await tx
		.insert(categories)
		.values(categoryRows.map((category, position) => ({ ...category, position })) as never);
	const source = await loadSources(tx);
	const [measure] = await tx
		.insert(measures)
		.values(rule.measure as typeof measures.$inferInsert)
		.returning({ id: measures.id });
	const [change] = await tx
		.insert(changes)
		.values({
			...(rule.change as Pick<typeof changes.$inferInsert, 'kind' | 'title'>),
			...{
				notes: rule.change.notes,
				announcedOn: rule.change.announcedOn,
				publishedOn: rule.change.publishedOn
			},
			...{ appliesFrom: rule.change.appliesFrom, appliesUntil: null },
			measure: measure!.id,
			state: 'in_review',
			effects: rule.effects as Effect[]
		})
		.returning({ id: changes.id });
	const ids = { measure: measure!.id, change: change!.id };
	await loadClaims(tx, ids, source);
	await tx
		.insert(questions)
		.values(
			questionRows.map(({ origin, ...question }) => ({ ...question, ...ids, derived: origin === 'derived' }))
		);
	await tx
		.insert(playbookItems)
		.values(playbookRows.map(({ function: _team, ...item }) => ({ ...item, change: ids.change })) as never);
	return ids;
}

async function loadSources(tx: Db): Promise<number> {
	const added = await tx
		.insert(sources)
		.values(sourceRows as (typeof sources.$inferInsert)[])
		.returning({ id: sources.id, key: sources.key, tier: sources.tier });
	await tx.insert(sourceTiers).values(added.map(({ id, tier }) => ({ source: id, tier, person: null })));
	return added.find(({ key }) => key === articleSource)!.id;
}

async function loadClaims(tx: Db, ids: { measure: number; change: number }, source: number): Promise<void> {
	const added = await tx
		.insert(claims)
		.values(
			claimRows.map(({ key, subject, predicate, value, paraphrase, note, confirmableBy }) => ({
				...{ key, subject, predicate, value, paraphrase, note, confirmableBy },
				...ids
			}))
		)
		.returning({ id: claims.id, key: claims.key });
	const idOf = new Map(added.map(({ id, key }) => [key, id]));
	await tx.insert(attestations).values(
		claimRows.map((claim) => ({
			claim: idOf.get(claim.key)!,
			source,
			summary: claim.paraphrase,
			statement: claim.statement as typeof attestations.$inferInsert.statement,
			asOf: claim.asOf,
			originGroup: article.key
		}))
	);
}
