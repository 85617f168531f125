import { z } from 'zod';
import { comment } from '#lib/activity/activity.server.ts';
import { editChange, redraftChange, submitChange } from '#lib/changes/changes.server.ts';
import { Attestation, ClaimWords } from '#lib/changes/claim-form.ts';
import { addClaim, attestClaim, withdrawClaim } from '#lib/changes/claims.server.ts';
import { ChangeEdit, line, prose, Version } from '#lib/changes/draft.ts';
import {
	addPlaybookItem,
	asking,
	editPlaybookItem,
	removePlaybookItem
} from '#lib/changes/playbook.server.ts';
import { addQuestion, editQuestion, QuestionWords } from '#lib/changes/questions.server.ts';
import { publishChange, withdrawChange } from '#lib/checklists/rollout.server.ts';
import { evidenceTypeNames } from '#lib/evidence/types.ts';
import { whyNot } from '#lib/people/policy.ts';
import { Refusal } from '#lib/refusal.ts';
import { PartForm } from '#lib/rules/effect-form.ts';
import { addEffect, removeEffect } from '#lib/rules/effects.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { idOf } from '#lib/server/web/page.server.ts';
import type { Actions } from './$types';

const Versioned = z.object({ version: Version });
const Row = Versioned.extend({ id: z.coerce.number().int().positive() });
const Asked = asking(evidenceTypeNames);

/** The deeds of a change's page: each decodes its form, lets the domain decide, and names what was done. */
export const actions: Actions = {
	edit: formAction(ChangeEdit.extend({ version: Version }), async ({ locals, params }, edit) => {
		await editChange(locals.db, locals.person!, idOf(params.id), edit);
		return 'changes.done.saved';
	}),
	submit: formAction(Versioned, async ({ locals, params }, { version }) => {
		await submitChange(locals.db, locals.person!, idOf(params.id), version);
		return 'changes.done.submitted';
	}),
	redraft: formAction(Versioned, async ({ locals, params }, { version }) => {
		await redraftChange(locals.db, locals.person!, idOf(params.id), version);
		return 'changes.done.redrafted';
	}),
	publish: formAction(Versioned, async ({ locals, params }, { version }) => {
		await publishChange(locals.db, locals.person!, idOf(params.id), version, locals.today);
		return 'changes.done.published';
	}),
	withdraw: formAction(Versioned.extend({ reason: prose(1_000) }), async ({ locals, params }, about) => {
		await withdrawChange(locals.db, locals.person!, idOf(params.id), about, locals.today);
		return 'changes.done.withdrawn';
	}),
	claim: formAction(ClaimWords.and(Attestation), async ({ locals, params }, claim) => {
		await addClaim(locals.db, locals.person!, idOf(params.id), claim, claim);
		return 'claims.added';
	}),
	attest: formAction(
		z.object({ claim: z.coerce.number().int().positive() }).and(Attestation),
		async ({ locals }, attestation) => {
			await attestClaim(locals.db, locals.person!, attestation.claim, attestation);
			return 'claims.attested';
		}
	),
	withdrawClaim: formAction(Row, async ({ locals }, { id, version }) => {
		await withdrawClaim(locals.db, locals.person!, id, version);
		return 'claims.withdrawn';
	}),
	part: formAction(PartForm.extend({ version: Version }), async ({ locals, params }, part) => {
		await addEffect(locals.db, locals.person!, idOf(params.id), part);
		return 'effects.added';
	}),
	removePart: formAction(
		Versioned.extend({ index: z.coerce.number().int().min(0) }),
		async ({ locals, params }, which) => {
			await removeEffect(locals.db, locals.person!, idOf(params.id), which);
			return 'effects.removed';
		}
	),
	ask: formAction(Asked, async ({ locals, params }, asked) => {
		await addPlaybookItem(locals.db, locals.person!, idOf(params.id), asked);
		return 'asks.added';
	}),
	editAsk: formAction(Asked.extend(Row.shape), async ({ locals }, { id, ...asked }) => {
		await editPlaybookItem(locals.db, locals.person!, id, asked);
		return 'asks.saved';
	}),
	removeAsk: formAction(Row, async ({ locals }, { id, version }) => {
		await removePlaybookItem(locals.db, locals.person!, id, version);
		return 'asks.removed';
	}),
	question: formAction(QuestionWords, async ({ locals, params }, words) => {
		await addQuestion(locals.db, locals.person!, idOf(params.id), words);
		return 'questions.added';
	}),
	editQuestion: formAction(QuestionWords.extend(Row.shape), async ({ locals }, { id, ...words }) => {
		await editQuestion(locals.db, locals.person!, id, words);
		return 'questions.saved';
	}),
	comment: formAction(z.object({ body: line(4_000) }), async ({ locals, params }, { body }) => {
		const why = whyNot(locals.person, 'comment.add');
		if (why) throw new Refusal(why, { status: 403 });
		await comment(locals.db, locals.person!, { subject: 'change', subjectId: idOf(params.id), body });
		return 'changes.talk.sent';
	})
};
