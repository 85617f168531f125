import { sentenceOf } from '#lib/activity/sentence.ts';
import { nextStep } from '#lib/checklists/next-step.ts';
import { orderPage } from '#lib/checklists/order-page.server.ts';
import { byTeam, shownDates, shownLines, shownMaterials } from '#lib/checklists/order-shown.ts';
import { evidenceTitles } from '#lib/evidence/titles.server.ts';
import { scopeNames } from '#lib/orders/read.server.ts';
import { whyNot } from '#lib/people/policy.ts';
import { dayAsked } from '#lib/server/web/day.ts';
import { orErrorPage } from '#lib/server/web/page.server.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, url }) => {
	const { db, words, today, person, services } = locals;
	const on = dayAsked(url, today);
	const page = await orErrorPage(words, orderPage(db, params.number, on));
	const [scope, teams, proofs] = await Promise.all([
		scopeNames(db),
		teamNames(db),
		evidenceTitles(
			db,
			page.items.flatMap((item) => item.evidenceRevision ?? [])
		)
	]);
	const by = { words, today, zone: services.env.TZ_BUSINESS };
	const step = nextStep(page.items, person, today);
	const { lines: _lines, placeNames, ...order } = page.order;
	const { lines: _judged, summary: _summary, ...judgement } = page.judgement;
	const reason = whyNot(person, 'order.edit');
	const silent = whyNot(person, 'comment.add');
	return {
		on,
		order: { ...order, place: words.name(placeNames) },
		judgement,
		basis: page.basis,
		step: step && { ...step, item: page.items.find(({ id }) => id === step.item)! },
		...byTeam(page, teams, proofs, by),
		lines: shownLines(page, scope, by),
		materials: shownMaterials(page, by),
		dates: shownDates(page),
		comments: page.comments,
		history: page.history.map((row) => ({ id: row.id, at: row.at, text: sentenceOf(row, words) })),
		whyNotEdit: reason && words.t(reason),
		whyNotComment: silent && words.t(silent)
	};
};
