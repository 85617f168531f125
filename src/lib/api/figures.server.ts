import type { z } from 'zod';
import type { Bucket } from '#lib/orders/judgement.ts';
import type { Overview } from '#lib/reports/overview.ts';
import { lateByTeam, readOverview } from '#lib/reports/overview.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { basisShown } from './basis.server.ts';
import type { Axis, ExposureFigures, Readiness } from './figures.ts';
import { range } from './shapes.ts';

/** How many orders have their materials on a day, and the same divided by what is asked for. */
export async function readinessOn(
	db: Db,
	{ on, today }: { on: PlainDate; today: PlainDate },
	by: readonly Axis[]
): Promise<z.output<typeof Readiness>> {
	const overview = await readOverview(db, on, today);
	const { ready, asked, notAsked } = overview;
	return {
		...{ on, basis: await basisShown(db, on), ready, asked, notAsked },
		by: {
			...(by.includes('port') && {
				port: overview.rows.map(({ place, total }) => ({ place, ...total }))
			}),
			...(by.includes('week') && { week: weeksOf(overview) }),
			...(by.includes('team') && { team: await late(db, on) })
		}
	};
}

function weeksOf({ weeks, rows }: Overview) {
	return weeks.map((monday, index) => {
		const cells = rows.map(({ cells: of }) => of[index]!);
		const sum = (what: 'ready' | 'asked') => cells.reduce((total, cell) => total + cell[what], 0);
		return { monday, ready: sum('ready'), asked: sum('asked') };
	});
}

async function late(db: Db, on: PlainDate) {
	const teams = await lateByTeam(db, on);
	return teams.map(({ team, items, orders, oldest }) => ({
		...{ team, lateItems: items, lateOrders: orders, oldestDays: oldest }
	}));
}

/** The money of a day in one currency; payers sum to each total exactly. */
export async function exposureOn(
	db: Db,
	{ on, today }: { on: PlainDate; today: PlainDate }
): Promise<z.output<typeof ExposureFigures>> {
	const { currency, money, atRisk, rates, withoutRate } = await readOverview(db, on, today);
	const buckets = Object.fromEntries(
		money.map(({ bucket, total, exporter, importer }) => [
			bucket,
			{
				total: range(total, currency),
				exporter: range(exporter, currency),
				importer: range(importer, currency)
			}
		])
	) as Record<Bucket, z.output<typeof ExposureFigures>['buckets'][Bucket]>;
	return {
		...{ on, basis: await basisShown(db, on), currency, buckets },
		atRisk: { total: range(atRisk, currency), exporter: range(atRisk.exporter, currency) },
		...{ rates, withoutRate }
	};
}
