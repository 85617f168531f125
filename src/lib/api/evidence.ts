import { z } from 'zod';
import { declaredValues, evidenceTypeNames, type DeclaredValue } from '#lib/evidence/types.ts';
import type { Operations } from './operation.ts';
import { Day, Id, Instant, listOf, Paging, Version } from './shapes.ts';

export const Revision = z
	.object({
		id: Id,
		version: z.literal(1),
		number: z.int(),
		file: z
			.object({
				name: z.string(),
				mediaType: z.string(),
				size: z.int(),
				sha256: z.string(),
				href: z.string().meta({ description: 'Where it is downloaded.' })
			})
			.nullable(),
		link: z.string().nullable(),
		note: z.string().nullable(),
		evidenceOn: Day,
		validFrom: Day.nullable(),
		validUntil: Day.nullable(),
		declared: z.record(z.string(), z.unknown()),
		by: z.string(),
		at: Instant
	})
	.meta({
		id: 'Revision',
		description: 'One state of evidence. It never changes: a correction is a new one.'
	});

export const Evidence = z
	.object({
		id: Id,
		version: Version,
		type: z.enum(evidenceTypeNames),
		title: z.string(),
		covers: z.enum(['product', 'importer_place', 'order']),
		products: z.array(z.string()).meta({ description: 'SKUs.' }),
		importer: z.string().nullable(),
		place: z.string().nullable(),
		order: z.string().nullable(),
		createdBy: z.string(),
		createdAt: Instant,
		newest: Revision
	})
	.meta({ id: 'Evidence' });

const declared = z
	.strictObject(
		Object.fromEntries(declaredValues.map((name) => [name, z.string().max(8_000).optional()])) as Record<
			DeclaredValue,
			z.ZodOptional<z.ZodString>
		>
	)
	.meta({
		description: 'Values read off the paper; of those the type declares. In a form: `declared.unit`.'
	});

/** A proof as JSON, or as the fields beside a file. */
export const ProofIn = z.strictObject({
	link: z.string().max(2_000).optional(),
	note: z.string().max(8_000).optional(),
	evidenceOn: Day.optional().meta({ description: 'The day it bears itself; today unless given.' }),
	validFrom: Day.optional(),
	validUntil: Day.optional(),
	declared: declared.optional()
});
export type ProofIn = z.infer<typeof ProofIn>;

export const EvidenceIn = ProofIn.extend({
	type: z.enum(evidenceTypeNames),
	product: z.string().optional().meta({ description: 'SKU: it covers every order of that product.' }),
	order: z.string().optional().meta({ description: 'Number: it covers that order.' }),
	importer: z.string().optional().meta({ description: 'Name, together with `place`.' }),
	place: z.string().optional()
});
export type EvidenceIn = z.infer<typeof EvidenceIn>;

export const evidenceOperations = {
	'GET /evidence': {
		summary: 'List evidence, newest first.',
		may: 'evidence.read',
		query: Paging.extend({
			type: z.enum(evidenceTypeNames).optional(),
			product: z.string().max(60).optional().meta({ description: 'SKU.' }),
			order: z.string().max(40).optional().meta({ description: 'Number.' })
		}),
		answer: listOf(Evidence)
	},
	'POST /evidence': {
		summary: 'Keep evidence for a product, an order, or an importer at a place.',
		detail: 'Nothing is prepared by that: whoever prepares an item may take it.',
		may: 'evidence.add',
		body: EvidenceIn,
		upload: true,
		status: 201,
		answer: Evidence
	},
	'GET /evidence/:id': { summary: 'Read evidence.', may: 'evidence.read', answer: Evidence },
	'GET /evidence/:id/revisions': {
		summary: 'List the revisions of evidence, newest first.',
		may: 'evidence.read',
		query: Paging,
		answer: listOf(Revision)
	},
	'POST /evidence/:id/revisions': {
		summary: 'Add a newer state of evidence: a file, a link or a note with its declared values.',
		may: 'evidence.add',
		body: ProofIn,
		changes: true,
		upload: true,
		status: 201,
		answer: Revision
	}
} satisfies Operations;
