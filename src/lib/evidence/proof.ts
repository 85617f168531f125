import { Refusal } from '#lib/refusal.ts';
import type { PlainDate } from '#lib/time.ts';
import type { MessageKey } from '#lib/words/words.ts';
import { declaredOf, type ProofFields } from './forms.ts';
import { declaresOf, evidenceTypes, type DeclaredValue, type EvidenceType } from './types.ts';

/** A file that is in storage already. */
export interface ProofFile {
	sha256: string;
	/** As people see it; never a path. */
	name: string;
	mediaType: string;
	/** In bytes. */
	size: number;
}

/** What somebody puts forward: a file, a link or a note, with the days it bears. */
export interface Proof {
	file: ProofFile | null;
	/** http or https. */
	url: string | null;
	note: string | null;
	/** The day the evidence itself bears; null: the day it is added. */
	evidenceOn: PlainDate | null;
	validFrom: PlainDate | null;
	validUntil: PlainDate | null;
	declared: Partial<Record<DeclaredValue, string>>;
}

export function proofOf(fields: ProofFields, file: ProofFile | null): Proof {
	const { link: url, note, evidenceOn, validFrom, validUntil } = fields;
	return { file, url, note, evidenceOn, validFrom, validUntil, declared: declaredOf(fields) };
}

/** The file a form came with, from the file field or the camera. @throws Refusal 400 when both were used */
export function onlyFile(files: { file?: ProofFile; photo?: ProofFile }): ProofFile | null {
	if (files.file && files.photo) {
		const fields = { file: { key: 'evidence.field.one_file' as const } };
		throw new Refusal('form.check_fields', { status: 400, fields });
	}
	return files.file ?? files.photo ?? null;
}

/** @throws Refusal 400 with a sentence beside each field that does not hold */
export function insistOnProof(proof: Proof, type: EvidenceType, on: PlainDate): void {
	const fields: Record<string, { key: MessageKey }> = {};
	const { noteIsEnough } = evidenceTypes[type];
	if (!proof.file && !proof.url) {
		if (!proof.note)
			fields.file = { key: noteIsEnough ? 'evidence.field.proof' : 'evidence.field.file_or_link' };
		else if (!noteIsEnough) fields.file = { key: 'evidence.field.file_or_link' };
	}
	if (proof.evidenceOn && proof.evidenceOn > on) fields.evidenceOn = { key: 'evidence.field.future' };
	if (proof.validUntil && proof.validUntil < on) fields.validUntil = { key: 'evidence.field.expired' };
	if (proof.validFrom && proof.validUntil && proof.validUntil < proof.validFrom)
		fields.validUntil = { key: 'evidence.field.ends_first' };
	if (Object.keys(fields).length) throw new Refusal('form.check_fields', { status: 400, fields });
}

/** Only the values this type declares. */
export function declaredFor(type: EvidenceType, proof: Proof): Proof {
	const names = declaresOf(type);
	const declared = Object.fromEntries(
		Object.entries(proof.declared).filter(([name]) => names.includes(name as DeclaredValue))
	);
	return { ...proof, declared };
}

/** What evidence is called in lists: the thing and what is known of the paper itself. */
export function titled(thing: string, proof: Proof): string {
	const known =
		proof.declared.statementNumber ??
		proof.file?.name ??
		(proof.url ? new URL(proof.url).hostname + new URL(proof.url).pathname.replace(/\/$/, '') : null) ??
		proof.note?.split('\n')[0] ??
		'';
	return [thing, shortened(known, 80)].filter(Boolean).join(' · ');
}

function shortened(text: string, most: number): string {
	const signs = [...text.trim()];
	return signs.length <= most ? text.trim() : `${signs.slice(0, most - 1).join('')}…`;
}
