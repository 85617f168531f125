import { z } from 'zod';
import type { Operations } from './operation.ts';
import { Id, Instant, listOf, Paging, Text, Version } from './shapes.ts';

export const Product = z
	.object({
		id: Id,
		version: Version,
		sku: z.string(),
		names: Text,
		category: z.string(),
		categoryNames: Text,
		hsCode: z.string().nullable(),
		gtin: z.string().nullable(),
		notElectronic: z
			.object({ by: z.string().nullable(), at: Instant })
			.nullable()
			.meta({ description: 'A person recorded that it is no electronic component.' })
	})
	.meta({ id: 'Product' });

const fields = {
	sku: z.string().max(60),
	category: z.string().max(60),
	names: z.strictObject(Text.shape),
	hsCode: z.string().max(14).nullable(),
	gtin: z.string().max(14).nullable(),
	notElectronic: z.boolean(),
	reason: z.string().max(500).meta({ description: 'Needed where `notElectronic` changes.' })
};

export const ProductPatch = z.strictObject(fields).partial();
export type ProductPatch = z.infer<typeof ProductPatch>;

export const productOperations = {
	'GET /products': {
		summary: 'List products.',
		may: 'product.read',
		query: Paging.extend({
			q: z.string().trim().max(100).optional().meta({ description: 'Part of a SKU.' })
		}),
		answer: listOf(Product)
	},
	'POST /products': {
		summary: 'Add a product.',
		may: 'product.edit',
		body: ProductPatch.required({ sku: true, category: true, names: true }),
		status: 201,
		answer: Product
	},
	'GET /products/:sku': { summary: 'Read a product.', may: 'product.read', answer: Product },
	'PATCH /products/:sku': {
		summary: 'Change a product; what is left out stays.',
		detail: 'Its open orders are judged again.',
		may: 'product.edit',
		body: ProductPatch,
		changes: true,
		answer: Product
	}
} satisfies Operations;
