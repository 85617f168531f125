import { z } from 'zod';
import type { Operations } from './operation.ts';
import { Basis, Day, On, Range } from './shapes.ts';

const axes = ['port', 'team', 'week'] as const;
export type Axis = (typeof axes)[number];

const share = { ready: z.int(), asked: z.int() };

export const Readiness = z
	.object({
		on: Day,
		basis: Basis.nullable(),
		...share,
		notAsked: z.int().meta({ description: 'Orders the measure asks nothing of: outside both figures.' }),
		by: z.object({
			port: z.array(z.object({ place: z.string(), ...share })).optional(),
			week: z
				.array(z.object({ monday: Day.nullable().meta({ description: 'Null: no date.' }), ...share }))
				.optional(),
			team: z
				.array(
					z.object({
						team: z.string(),
						lateItems: z.int(),
						lateOrders: z.int(),
						oldestDays: z.int().meta({ description: 'Days since the oldest was due.' })
					})
				)
				.optional()
		})
	})
	.meta({ id: 'Readiness' });

const Payers = z.object({ total: Range, exporter: Range, importer: Range });

export const ExposureFigures = z
	.object({
		on: Day,
		basis: Basis.nullable(),
		currency: z.string(),
		buckets: z.object({ prepared: Payers, may_not_apply: Payers, missing: Payers, open: Payers }),
		atRisk: z
			.object({ total: Range, exporter: Range })
			.meta({ description: 'Missing, open and may not apply; what is prepared stands beside it.' }),
		rates: z.array(
			z.object({ from: z.string(), to: z.string(), rate: z.string(), on: Day, source: z.string() })
		),
		withoutRate: z
			.array(z.object({ currency: z.string(), orders: z.int() }))
			.meta({ description: 'Orders whose currency has no rate: their money is in no figure.' })
	})
	.meta({
		id: 'ExposureFigures',
		description:
			'Money if the report is true and applied as we read it; payers are our reading of the Incoterm.'
	});

export const figureOperations = {
	'GET /readiness': {
		summary: 'How many open orders have their materials, on a day.',
		may: 'overview.read',
		query: On.extend({
			by: z
				.string()
				.default('')
				.transform((list) => list.split(',').filter((axis) => axis !== ''))
				.pipe(z.array(z.enum(axes)))
				.meta({ description: 'Any of `port`, `team` and `week`, divided by commas.' })
		}),
		answer: Readiness
	},
	'GET /exposure': {
		summary: 'The money that hangs on the materials, in four buckets, on a day.',
		may: 'overview.read',
		query: On,
		answer: ExposureFigures
	}
} satisfies Operations;
