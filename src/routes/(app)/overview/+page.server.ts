import { mayAnywhere } from '#lib/people/policy.ts';
import type { Management } from '#lib/reports/management.server.ts';
import { readManagement } from '#lib/reports/management.server.ts';
import { cellKind, weekName } from '#lib/reports/weeks.ts';
import { isPlainDate, type PlainDate } from '#lib/time.ts';
import type { Words } from '#lib/words/words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, today, words, services } = locals;
	const asked = url.searchParams.get('on') ?? '';
	const on = isPlainDate(asked) ? asked : today;
	const page = await readManagement(db, { on, today, zone: services.env.TZ_BUSINESS });
	const { weeks: _weeks, rows: _rows, ...figures } = page.overview;
	return {
		on,
		mayEnter: mayAnywhere(locals.person, 'order.edit'),
		figures,
		grid: grid(page, on, words),
		basis: page.basis && basis(page.basis),
		reality: page.reality,
		waiting: page.waiting,
		late: page.late.map((late) => ({ ...late, name: words.name(page.teamNames[late.team]) || late.team })),
		useful: page.useful,
		hanging: page.hanging.map((one) => ({
			...one,
			text: words.name(one.text),
			assumption: words.name(one.assumption)
		}))
	};
};

/** The words of what it rests on are on the rule book's page; here its size is enough. */
function basis({ cites: _cites, ...size }: NonNullable<Management['basis']>) {
	return size;
}

function grid({ overview, placeNames }: Management, on: PlainDate, words: Words) {
	const { weeks, rows } = overview;
	return {
		weeks: weeks.map((monday) => ({ monday, name: monday ? weekName(words.locale, monday) : null })),
		rows: rows.map(({ place, cells, total }) => ({
			place,
			name: words.name(placeNames[place]) || place,
			cells: cells.map((cell, index) => ({ ...cell, kind: cellKind(cell, weeks[index] ?? null, on) })),
			total
		}))
	};
}
