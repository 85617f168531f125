import type { z } from 'zod';
import type { VersionRow } from '#lib/rules/read.ts';
import { readRule, versionRows } from '#lib/rules/read.server.ts';
import {
	currentVersion,
	theMeasure,
	versionsOf,
	type RuleVersion as Version
} from '#lib/rules/versions.server.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { RuleVersion, RuleVersionRow } from './rules.ts';
import { instant, pageOf, text } from './shapes.ts';

function shownRow(row: VersionRow): z.output<typeof RuleVersionRow> {
	const { id, number: version, because, change, knownOn, by } = row;
	return {
		id,
		version,
		because,
		change: { id: change, title: text(row.title) },
		knownOn,
		by,
		at: instant(row.at)
	};
}

/** Newest first; versions are few, and each is read by its number. */
export async function versionPage(db: Db, { limit, cursor }: { limit: number; cursor?: number | undefined }) {
	const measure = await theMeasure(db);
	const all = measure ? await versionsOf(db, measure.id) : [];
	const after = cursor === undefined ? all : all.filter(({ number }) => number < cursor);
	const rows = await versionRows(db, after.slice(0, limit + 1));
	return pageOf(rows, limit, ({ number }) => number, shownRow);
}

/** The version in use as it was known on a day, or the one with a number. @throws Refusal 404 */
export async function versionAs(
	db: Db,
	which: { known: PlainDate | undefined } | { number: number },
	on: PlainDate
): Promise<z.output<typeof RuleVersion>> {
	const measure = await theMeasure(db);
	const version =
		measure &&
		('number' in which
			? (await versionsOf(db, measure.id)).find(({ number }) => number === which.number)
			: await currentVersion(db, measure.id, which.known));
	if (!version) throw notFound('noun.rule_version');
	return read(db, version, on);
}

async function read(db: Db, version: Version, on: PlainDate): Promise<z.output<typeof RuleVersion>> {
	const [row] = await versionRows(db, [version]);
	const rule = await readRule(db, version.measure, version.rule, on);
	const { certainty, assumptions, uncorroborated } = rule;
	return {
		...shownRow(row!),
		on,
		basis: {
			ruleVersion: version.number,
			knownOn: version.knownOn,
			on,
			certainty,
			assumptions,
			uncorroborated
		},
		parts: rule.parts.map(({ part, value, name, from, until, holds, certainty: held, cites, change }) => ({
			...{ part, value, name: name && text(name), from, until, holds, certainty: held, change },
			cites: cites.map(({ key }) => key)
		})),
		playbook: rule.playbook.map(({ key, team, title, condition, mandatory }) => ({
			...{ key, team, title: text(title), condition, mandatory }
		}))
	};
}
