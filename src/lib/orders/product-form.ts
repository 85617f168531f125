import { z } from 'zod';
import type { LocalizedText } from '#lib/words/words.ts';

/** What a person says of a product. */
export interface ProductDetails {
	sku: string;
	category: string;
	names: LocalizedText;
	hsCode: string | null;
	gtin: string | null;
	/** Recorded by a person: this is no electronic component. */
	notElectronic: boolean;
	/** Why; needed where that record changes. */
	reason: string;
}

const text = (most: number) => z.string().trim().max(most).default('');

const Typed = z.object({
	sku: z
		.string()
		.trim()
		.min(1)
		.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, 'products.form.sku_wrong')
		.refine((sku) => sku.toLowerCase() !== 'new', 'products.form.sku_wrong'),
	category: z.string().min(1),
	name_en: text(160),
	name_zh: text(160),
	name_vi: text(160),
	hsCode: text(14).refine(
		(code) => code === '' || /^\d{4}(?:\.?\d{2}){0,3}$/.test(code),
		'products.form.hs_wrong'
	),
	gtin: text(14).refine((code) => code === '' || isGtin(code), 'products.form.gtin_wrong'),
	notElectronic: z.string().default(''),
	reason: text(500)
});

const oneName = {
	needs: ({ name_en, name_zh, name_vi }: z.infer<typeof Typed>) => !!(name_en || name_zh || name_vi),
	else: { path: ['name_en'], message: 'products.form.one_name' }
};

export const ProductForm = Typed.refine(oneName.needs, oneName.else).transform(detailsOf);

/** The same with the version the person looked at. */
export const ProductChange = Typed.extend({ version: z.coerce.number().int().positive() })
	.refine(oneName.needs, oneName.else)
	.transform(({ version, ...typed }) => ({ version, details: detailsOf(typed) }));

function detailsOf(typed: z.infer<typeof Typed>): ProductDetails {
	const { name_en, name_zh, name_vi, hsCode, gtin, notElectronic, ...rest } = typed;
	return {
		...rest,
		names: {
			...(name_en ? { en: name_en } : {}),
			...(name_zh ? { 'zh-CN': name_zh } : {}),
			...(name_vi ? { vi: name_vi } : {})
		},
		hsCode: hsCode || null,
		gtin: gtin || null,
		notElectronic: notElectronic !== ''
	};
}

/** GS1: 8, 12, 13 or 14 digits, the last of them a check digit. */
export function isGtin(code: string): boolean {
	if (!/^(?:\d{8}|\d{12,14})$/.test(code)) return false;
	const digits = [...code].map(Number).reverse();
	const sum = digits.reduce((total, digit, place) => total + digit * (place % 2 ? 3 : 1), 0);
	return sum % 10 === 0;
}
