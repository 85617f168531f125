import type { z } from 'zod';
import type { Person } from '#lib/people/roles.ts';
import { transact, type Db } from '#lib/server/db/db.ts';
import { healthOf } from '#lib/sources/health.ts';
import { readSource } from '#lib/sources/overview.server.ts';
import { changeSource, setEnabled, type SavingRules } from '#lib/sources/sources.server.ts';
import { troubleIn } from '#lib/sources/trouble.ts';
import type { PollRow, SourceRow } from '#lib/sources/watch.server.ts';
import type { Words } from '#lib/words/words.ts';
import type { Given } from './endpoint.server.ts';
import { given, instant } from './shapes.ts';
import type { Poll, Source, Trouble } from './sources.ts';

export function shownSource(source: SourceRow, words: Words, now: Date): z.output<typeof Source> {
	const { id, version, name, kind, tier, url, homepage, enabled, pollMinutes } = source;
	return {
		...{ id, version, name, kind, tier, url, homepage, enabled, pollMinutes },
		health: healthOf(source, now),
		trouble: shownTrouble(source.lastError, words),
		lastPolledAt: instant(source.lastPolledAt),
		lastReadAt: instant(source.lastReadAt),
		nextPollAt: instant(source.nextPollAt)
	};
}

export function shownPoll(poll: PollRow, words: Words): z.output<typeof Poll> {
	const { id, source, outcome, status, newItems } = poll;
	return {
		...{ id, source, outcome, status, newItems },
		startedAt: instant(poll.startedAt),
		finishedAt: instant(poll.finishedAt),
		trouble: shownTrouble(poll.error, words)
	};
}

function shownTrouble(
	trouble: { key: string; detail?: string } | null,
	words: Words
): z.output<typeof Trouble> | null {
	return trouble && { code: trouble.key, title: troubleIn(words, trouble)! };
}

/** The source of the address, as the API shows it. @throws Refusal 404 */
export async function sourceNow({ db, id, words, event }: Given): Promise<z.output<typeof Source>> {
	return shownSource(await readSource(db, id()), words, event.locals.services.now());
}

export function savingRules({ locals: { services } }: Given['event']): SavingRules {
	return { allow: services.env.OUTBOUND_ALLOW, now: services.now() };
}

export interface SourcePatch {
	name?: string | undefined;
	tier?: number | undefined;
	url?: string | null | undefined;
	homepage?: string | null | undefined;
	pollMinutes?: number | undefined;
	enabled?: boolean | undefined;
}

/** What is given is changed, all or nothing. @throws as changeSource and setEnabled */
export async function patchSource(
	db: Db,
	person: Person,
	id: number,
	{ version, patch: { enabled, ...fields } }: { version: number; patch: SourcePatch },
	rules: SavingRules
): Promise<SourceRow> {
	return transact(db, async (tx) => {
		const before = await readSource(tx, id);
		const { name, tier, url, homepage, pollMinutes } = before;
		const input = { name, tier, url, homepage, pollMinutes, ...given(fields) };
		const switches = enabled !== undefined && enabled !== before.enabled;
		const saves = !switches || Object.keys(given(fields)).length > 0;
		const saved = saves ? await changeSource(tx, person, id, version, input, rules) : { version };
		return switches ? setEnabled(tx, person, id, saved.version, enabled, rules) : (saved as SourceRow);
	});
}
