import { error } from '@sveltejs/kit';
import { desc } from 'drizzle-orm';
import { changes } from '#lib/changes/tables.ts';
import { whyNot } from '#lib/people/policy.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { formAction, sentence } from '#lib/server/web/form.server.ts';
import { deferItem, dismissItem, linkItem, reopenItem } from '#lib/sources/decide.server.ts';
import { Deferral, Dismissal, Linking, Versioned } from '#lib/sources/forms.ts';
import { countByState, listItems, readItem, type InboxRow } from '#lib/sources/inbox.server.ts';
import { listSources } from '#lib/sources/overview.server.ts';
import { itemStates, type ItemState } from '#lib/sources/words.ts';
import { addDays, businessDay } from '#lib/time.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 50;
/** More than anybody reads in a pane; the whole stands in the original. */
const SHOWN = 20_000;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, words, services } = locals;
	const query = queryOf(url);
	const { items, next } = await listItems(db, { ...query, limit: PAGE });
	const chosen = idOf(url.searchParams.get('item'));
	const open = chosen ?? items[0]?.id;
	const dated = <Row extends Pick<InboxRow, 'publishedAt'>>({ publishedAt, ...row }: Row) => ({
		...row,
		publishedOn: publishedAt && businessDay(publishedAt, services.env.TZ_BUSINESS)
	});
	const item = open ? await readItem(db, open).catch(helpful(locals)) : null;
	const why = whyNot(locals.person, 'item.decide');
	const titles = await changeTitles(db, words.name);
	return {
		query: shownQuery(query),
		items: items.map(dated),
		next,
		counts: await countByState(db),
		sources: (await listSources(db, services.now())).map(({ id, name }) => ({ id, name })),
		/** False: nobody chose it, it is only the first of the list, and a phone shows the list. */
		chosen: chosen !== undefined,
		item: item && { ...dated(item), wordings: item.wordings.map(shortened) },
		changes: titles.filter(({ state }) => state !== 'withdrawn'),
		linked: item?.change ? (titles.find(({ id }) => id === item.change) ?? null) : null,
		deferTo: addDays(locals.today, 7),
		whyNotDecide: why && words.t(why)
	};
};

function queryOf({ searchParams }: URL) {
	const state = searchParams.get('state') ?? 'new';
	return {
		state: itemStates.includes(state as ItemState) ? (state as ItemState) : undefined,
		source: idOf(searchParams.get('source')),
		search: searchParams.get('q')?.trim().slice(0, 100) || undefined,
		before: idOf(searchParams.get('before'))
	};
}

/** As the address has it, so that every link of the page can be made from it. */
function shownQuery({ state, source, search, before }: ReturnType<typeof queryOf>) {
	const text = (value?: number) => (value ? String(value) : '');
	return { state: state ?? 'all', q: search ?? '', source: text(source), before: text(before) };
}

function idOf(text: string | null | undefined): number | undefined {
	return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
}

function shortened<W extends { text: string }>(wording: W): W & { cut: boolean } {
	return { ...wording, text: wording.text.slice(0, SHOWN), cut: wording.text.length > SHOWN };
}

function helpful({ words }: App.Locals) {
	return (trouble: unknown): never => {
		if (trouble instanceof Refusal) error(trouble.status, sentence(trouble, words));
		throw trouble;
	};
}

async function changeTitles(db: Db, name: App.Locals['words']['name']) {
	const found = await db
		.select({ id: changes.id, title: changes.title, state: changes.state })
		.from(changes)
		.orderBy(desc(changes.id))
		.limit(200);
	return found.map(({ title, ...change }) => ({ ...change, title: name(title) }));
}

/** The item the pane shows; its forms carry it in their address. */
function itemOf(url: URL): number {
	return idOf(url.searchParams.get('item')) ?? 0;
}

export const actions: Actions = {
	dismiss: formAction(Dismissal, async ({ locals, url }, dismissal) => {
		await dismissItem(locals.db, locals.person!, itemOf(url), dismissal);
		return 'inbox.done.dismissed';
	}),
	defer: formAction(Deferral, async ({ locals, url }, deferral) => {
		const { today } = locals;
		await deferItem(locals.db, locals.person!, itemOf(url), { ...deferral, today });
		return 'inbox.done.deferred';
	}),
	link: formAction(Linking, async ({ locals, url }, { change, version }) => {
		await locals.db.transaction((tx) => linkItem(tx, locals.person!, itemOf(url), change, version));
		return 'inbox.done.linked';
	}),
	reopen: formAction(Versioned, async ({ locals, url }, version) => {
		await reopenItem(locals.db, locals.person!, itemOf(url), version);
		return 'inbox.done.reopened';
	})
};
