import { RevisionForm } from '#lib/evidence/forms.ts';
import { readEvidence } from '#lib/evidence/library.server.ts';
import { onlyFile, proofOf } from '#lib/evidence/proof.ts';
import { addRevision } from '#lib/evidence/revise.server.ts';
import { shownInPage } from '#lib/server/web/file-kind.ts';
import { declaresOf, evidenceTypes } from '#lib/evidence/types.ts';
import { Refusal } from '#lib/refusal.ts';
import { idOf, orErrorPage } from '#lib/server/web/page.server.ts';
import { uploadAction } from '#lib/server/web/upload.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, person, words, today } = locals;
	const shown = await orErrorPage(words, readEvidence(db, person, words, idOf(params.id), today));
	return {
		evidence: shown,
		asks: { declares: declaresOf(shown.type), noteIsEnough: evidenceTypes[shown.type].noteIsEnough },
		pictures: [...shownInPage],
		uploadLimit: locals.services.env.UPLOAD_LIMIT_MB
	};
};

export const actions: Actions = {
	revise: uploadAction(RevisionForm, async ({ locals, params }, input, files) => {
		const { db, person, today } = locals;
		if (!person) throw new Refusal('refusal.sign_in', { status: 401 });
		const proof = proofOf(input, onlyFile(files));
		await addRevision(db, person, idOf(params.id), proof, { version: input.version, on: today });
		return 'evidence.done.revised';
	})
};
