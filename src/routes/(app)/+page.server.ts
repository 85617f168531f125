import type { Db } from '#lib/server/db/db.ts';
import { dueGroup, dueGroups } from '#lib/checklists/todo.ts';
import { todoCounts, todoList } from '#lib/checklists/work.server.ts';
import { may, mayAnywhere } from '#lib/people/policy.ts';
import type { Person } from '#lib/people/roles.ts';
import { decisionsWaiting } from '#lib/reports/reality.server.ts';
import { firstSteps, latestNews, shipsWithGap, type News } from '#lib/reports/today.server.ts';
import { countByState, listItems } from '#lib/sources/inbox.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { PageServerLoad } from './$types';

const shownWork = 15;
/** Read for the count of what is overdue. */
const readWork = 100;
const shownNews = 6;
const everything = { team: '', product: '', order: '', after: '' };

export const load: PageServerLoad = async ({ locals }) => {
	const { db, today, words, workspace } = locals;
	const person = locals.person!;
	const counts = await todoCounts(db, person, today);
	const overview = may(person, 'overview.read');
	const news = await latestNews(db, shownNews);
	return {
		work: person.teams.length ? { count: counts.team ?? 0, ...(await work(locals, person)) } : null,
		toAccept: counts.waiting ?? null,
		ships: await shipsWithGap(db, today),
		news: news.map((one) => newsRow(one, words.name)),
		inbox: mayAnywhere(person, 'item.decide') ? await inbox(db) : null,
		steps: workspace.kind === 'real' && person.roles.length ? await openSteps(db) : null,
		/** What of the overview those need who have no list of their own here. */
		decisions: overview && !person.teams.length ? await decisionsWaiting(db, today) : null,
		overview
	};
};

/** My teams' work by due day; what is assigned to a person belongs to one of their teams. */
async function work({ db, words, today }: App.Locals, person: Person) {
	const asked = { ...everything, view: 'team' as const };
	const { rows, next } = await todoList(db, person, words, asked, today, readWork);
	const overdue = rows.filter(({ dueOn }) => dueOn !== null && dueOn < today).length;
	const names = person.teams.length > 1 ? await teamNames(db) : {};
	const shown = rows.slice(0, shownWork).map(({ covers: _covers, preparer: _preparer, ...row }) => ({
		...row,
		team: words.name(names[row.team]),
		mine: row.assignee === person.name
	}));
	return {
		groups: dueGroups
			.map((group) => ({ group, rows: shown.filter(({ dueOn }) => dueGroup(dueOn, today) === group) }))
			.filter(({ rows: under }) => under.length > 0),
		more: rows.length > shownWork,
		/** Overdue rows come first, so that only a list full of them has more than were read. */
		overdue: words.number(overdue) + (next && overdue === rows.length ? '+' : '')
	};
}

function newsRow({ change, data, ...news }: News, name: App.Locals['words']['name']) {
	const orders = change?.standing.reached ?? null;
	return {
		...news,
		stance: String(data.stance ?? ''),
		reason: typeof data.reason === 'string' ? data.reason : null,
		change: change && { id: change.id, title: name(change.title), ...change.standing },
		orders
	};
}

async function inbox(db: Db) {
	const counts = await countByState(db);
	const { items } = await listItems(db, { state: 'new', limit: 5 });
	return {
		count: counts.new,
		items: items.map(({ id, title, sourceName, tier, firstSeenAt }) => ({
			...{ id, title, sourceName, tier, firstSeenAt }
		}))
	};
}

/** Null once all are done: nobody needs a list of ticked boxes. */
async function openSteps(db: Db) {
	const steps = await firstSteps(db);
	return Object.values(steps).every(Boolean) ? null : steps;
}
