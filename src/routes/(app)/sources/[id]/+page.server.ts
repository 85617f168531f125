import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { whyNot } from '#lib/people/policy.ts';
import { Refusal } from '#lib/refusal.ts';
import { formAction, sentence } from '#lib/server/web/form.server.ts';
import { SourceEdit, Versioned } from '#lib/sources/forms.ts';
import { healthOf } from '#lib/sources/health.ts';
import { listItems } from '#lib/sources/inbox.server.ts';
import { capturesOf, pollsOf, readSource, tiersOf } from '#lib/sources/overview.server.ts';
import { changeSource, removeSource, setEnabled } from '#lib/sources/sources.server.ts';
import { troubleIn } from '#lib/sources/trouble.ts';
import { pollSource } from '#lib/sources/watch.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, words, services } = locals;
	const source = await readSource(db, idOf(params.id)).catch((trouble: unknown) => {
		if (trouble instanceof Refusal) error(trouble.status, sentence(trouble, words));
		throw trouble;
	});
	const {
		key: _key,
		etag: _etag,
		lastModified: _modified,
		lastHash: _hash,
		note,
		lastError,
		...shown
	} = source;
	const polls = await pollsOf(db, source.id);
	const why = whyNot(locals.person, 'source.manage');
	return {
		source: {
			...shown,
			note: words.name(note),
			health: healthOf(source, services.now()),
			trouble: troubleIn(words, lastError)
		},
		polls: polls.map((poll) => ({ ...poll, error: troubleIn(words, poll.error) })),
		tiers: await tiersOf(db, source.id),
		items: (await listItems(db, { source: source.id, limit: 10 })).items,
		captures: await capturesOf(db, source.id, 10),
		whyNotManage: why && words.t(why)
	};
};

export const actions: Actions = {
	/** Runs at once and waits: the answer is what the person asked for. A failure stands on the page with its reason. */
	poll: formAction(z.object({}), async ({ locals, params }) => {
		const deps = { ...locals.services, db: locals.db };
		const poll = await pollSource(deps, idOf(params.id), locals.person);
		if (poll.outcome === 'failed') return;
		return poll.newItems > 0 ? 'sources.polled.news' : 'sources.polled.nothing';
	}),
	change: formAction(SourceEdit, async ({ locals, params }, { version, ...input }) => {
		await changeSource(locals.db, locals.person!, idOf(params.id), version, input, rulesOf(locals));
		return 'sources.saved';
	}),
	on: formAction(Versioned, async ({ locals, params }, { version }) => {
		await setEnabled(locals.db, locals.person!, idOf(params.id), version, true, rulesOf(locals));
		return 'sources.switched_on';
	}),
	off: formAction(Versioned, async ({ locals, params }, { version }) => {
		await setEnabled(locals.db, locals.person!, idOf(params.id), version, false, rulesOf(locals));
		return 'sources.switched_off';
	}),
	remove: formAction(Versioned, async ({ locals, params }, { version }) => {
		await removeSource(locals.db, locals.person!, idOf(params.id), version);
		redirect(303, '/sources');
	})
};

function rulesOf({ services }: App.Locals) {
	return { allow: services.env.OUTBOUND_ALLOW, now: services.now() };
}

/** What is no number is the id of nothing. */
function idOf(text: string | undefined): number {
	return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}
