import { expect, it } from 'vitest';
import demoProducts from '../demo/products.json' with { type: 'json' };
import { declaredFootprint, knownShare, materialsListed } from './declared.ts';

it('knows the origin of 95 % of the first demo product by mass, and never rounds up to all', () => {
	expect(knownShare(materialsListed(demoProducts[0]!.bom))).toBe(95);
	const nearly = materialsListed([
		{ massFraction: '0.999', originCountry: 'CN' },
		{ massFraction: '0.001', originCountry: null }
	]);
	expect(knownShare(nearly)).toBe(99);
	expect(knownShare(materialsListed([{ part: 'case' }]))).toBeNull();
});

it('reads a declared footprint with its unit, and none where there is no value', () => {
	expect(declaredFootprint(demoProducts[0]!.pcf)).toMatchObject({ value: '2.96 kgCO2e', per: '1 piece' });
	expect(declaredFootprint({ unit: '' })).toBeNull();
	expect(declaredFootprint(null)).toBeNull();
});
