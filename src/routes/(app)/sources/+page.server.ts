import { z } from 'zod';
import { mayAnywhere } from '#lib/people/policy.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { version } from '#lib/sources/forms.ts';
import { listSources, type SourceOverview } from '#lib/sources/overview.server.ts';
import { setEnabled } from '#lib/sources/sources.server.ts';
import { troubleIn } from '#lib/sources/trouble.ts';
import type { Words } from '#lib/words/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const all = await listSources(locals.db, locals.services.now());
	const watched = all.filter(isWatched);
	// What takes one press comes first.
	const known = all.filter((source) => !isWatched(source));
	return {
		watched: watched.map((source) => row(source, locals.words)),
		known: [...known.filter(isFeed), ...known.filter((source) => !isFeed(source))].map((source) =>
			row(source, locals.words)
		),
		mayManage: mayAnywhere(locals.person, 'source.manage')
	};
};

/** In use, or used before: a feed that is off because it went away is still looked after, and so is what we quote. */
function isWatched(source: SourceOverview): boolean {
	return source.enabled || source.key === null || source.lastPolledAt !== null || source.heard;
}

function isFeed({ kind }: SourceOverview): boolean {
	return kind === 'feed';
}

function row(source: SourceOverview, words: Words) {
	const { id, name, kind, tier, homepage, url, health, lastReadAt, nextPollAt, failures } = source;
	const counts = { newItems: source.newItems, weekItems: source.weekItems };
	return {
		...{ id, name, kind, tier, health, lastReadAt, nextPollAt, failures, version: source.version, ...counts },
		page: homepage ?? (kind === 'feed' ? null : url),
		note: words.name(source.note),
		trouble: troubleIn(words, source.lastError)
	};
}

const Enabling = z.object({ id: z.coerce.number().int().min(1), version });

export const actions: Actions = {
	enable: formAction(Enabling, async ({ locals }, { id, version }) => {
		const rules = { allow: locals.services.env.OUTBOUND_ALLOW, now: locals.services.now() };
		await setEnabled(locals.db, locals.person!, id, version, true, rules);
		return 'sources.switched_on';
	})
};
