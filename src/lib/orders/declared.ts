/** A declared footprint and a bill of materials as the exporter keeps them, read leniently: whatever is no text is left out. */

export interface DeclaredFootprint {
	/** `2.96 kgCO2e` */
	value: string;
	/** `1 piece`, what the value is for. */
	per: string;
	boundary: string;
	period: string;
	standards: string;
	primaryShare: string;
}

export interface Material {
	part: string;
	material: string;
	/** Percent of the mass, or null where nobody said. */
	share: number | null;
	originCountry: string | null;
	evidence: string;
}

export function declaredFootprint(footprint: Record<string, unknown> | null): DeclaredFootprint | null {
	if (!footprint) return null;
	const text = (name: string) => textOf(footprint[name]);
	const value = [text('value'), text('unit')].filter(Boolean).join(' ');
	if (!value) return null;
	const standards = footprint.crossSectoralStandards;
	return {
		value,
		per: [text('declaredUnitAmount'), text('declaredUnit')].filter(Boolean).join(' '),
		boundary: text('boundary'),
		period: [text('referencePeriodStart'), text('referencePeriodEnd')].filter(Boolean).join(' – '),
		standards: Array.isArray(standards)
			? standards.map(textOf).filter(Boolean).join(', ')
			: textOf(standards),
		primaryShare: text('primaryDataShare')
	};
}

export function materialsListed(rows: readonly Record<string, unknown>[]): Material[] {
	return rows.map((row) => ({
		part: textOf(row.part),
		material: textOf(row.material),
		share: percentOf(row.massFraction),
		originCountry: textOf(row.originCountry) || null,
		evidence: textOf(row.evidence)
	}));
}

/** Percent of the mass whose origin is known, whole percents down: 95 of 100 is never rounded to all. Null: no shares. */
export function knownShare(materials: readonly Material[]): number | null {
	if (!materials.some(({ share }) => share !== null)) return null;
	const known = materials.reduce(
		(sum, { share, originCountry }) => sum + (originCountry ? (share ?? 0) : 0),
		0
	);
	return Math.floor(known + 1e-9);
}

function percentOf(fraction: unknown): number | null {
	const number = Number(textOf(fraction) || Number.NaN);
	return Number.isFinite(number) ? Math.round(number * 10_000) / 100 : null;
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
