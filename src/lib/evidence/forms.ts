import { z } from 'zod';
import { isPlainDate } from '#lib/time.ts';
import { declaredValues, type DeclaredValue } from './types.ts';

/** The fields of evidence, used by pages and API alike. A blank field is null. */
const blankIsNull = (text: unknown) => (typeof text === 'string' && text.trim() === '' ? null : text);

const day = z
	.preprocess(blankIsNull, z.string().refine(isPlainDate, 'evidence.field.day').nullish())
	.transform(orNull);

const link = z
	.preprocess(blankIsNull, z.string().trim().max(2_000).refine(isWebAddress, 'evidence.field.link').nullish())
	.transform(orNull);

const note = z.preprocess(blankIsNull, z.string().trim().max(8_000).nullish()).transform(orNull);

export const ProofForm = z
	.object({ link, note, evidenceOn: day, validFrom: day, validUntil: day })
	.extend(
		Object.fromEntries(declaredValues.map((name) => [`declared_${name}`, note])) as Record<
			`declared_${DeclaredValue}`,
			typeof note
		>
	);
export type ProofFields = z.infer<typeof ProofForm>;

export const recordVersion = z.coerce.number().int().positive();

/** `reuse`: the id of a revision that is here already, instead of a new proof. */
export const PreparationForm = ProofForm.extend({
	version: recordVersion,
	reuse: z.preprocess(blankIsNull, z.coerce.number().int().positive().nullish())
});
export const RevisionForm = ProofForm.extend({ version: recordVersion });

/** The declared values that were filled in. */
export function declaredOf(fields: ProofFields): Partial<Record<DeclaredValue, string>> {
	const given = declaredValues.map((name) => [name, fields[`declared_${name}`]] as const);
	return Object.fromEntries(given.filter(([, value]) => value !== null));
}

function isWebAddress(text: string): boolean {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
	const { username, password, hostname } = new URL(text);
	return hostname !== '' && username === '' && password === '';
}

function orNull<Value>(value: Value | null | undefined): Value | null {
	return value ?? null;
}
