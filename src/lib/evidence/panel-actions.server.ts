import { eq } from 'drizzle-orm';
import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { comment } from '../activity/activity.server.ts';
import { acceptItem, returnItem, type DeedOn } from '../checklists/deeds.server.ts';
import {
	approveRelease,
	askRelease,
	assignItem,
	notNeeded,
	reopenItem
} from '../checklists/single-deeds.server.ts';
import type { Item } from '../checklists/items.server.ts';
import { checklistItems } from '../checklists/tables.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { notFound, Refusal } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { formAction, type FormDone, type FormRefusal } from '#lib/server/web/form.server.ts';
import { idOf, orErrorPage } from '#lib/server/web/page.server.ts';
import { uploadAction } from '#lib/server/web/upload.server.ts';
import { isPlainDate } from '#lib/time.ts';
import type { MessageKey } from '#lib/words/words.ts';
import { PreparationForm, recordVersion } from './forms.ts';
import { currentItem, panel } from './panel.server.ts';
import type { Panel } from './panel.ts';
import { prepare } from './prepare.server.ts';
import { onlyFile, proofOf } from './proof.ts';

type Event = RequestEvent<Record<string, string>>;
type Answer = ActionFailure<FormRefusal> | FormDone;

/** What a page around an item loads (`uploadLimit` in megabytes). `params.id` is the item; `params.number`, where there is one, its order. */
export async function panelLoad({
	locals,
	params
}: Pick<Event, 'locals' | 'params'>): Promise<{ panel: Panel; uploadLimit: number }> {
	const { db, words, today } = locals;
	const shown = await orErrorPage(words, panel(db, who(locals), words, idOf(params.id), today));
	const elsewhere = params.number !== undefined && params.number !== shown.order?.number;
	if (elsewhere) await orErrorPage(words, Promise.reject(notFound('noun.checklist_item')));
	return { panel: shown, uploadLimit: locals.services.env.UPLOAD_LIMIT_MB };
}

const Versioned = z.object({ version: recordVersion });
const Reasoned = Versioned.extend({ reason: z.string().trim().max(2_000).default('') });
const Release = Reasoned.extend({ until: z.string().refine(isPlainDate, 'evidence.field.day') });
const Assignment = Versioned.extend({
	assignee: z
		.string()
		.regex(/^\d{0,9}$/)
		.transform((text) => (text ? Number(text) : null))
});
const Said = z.object({ body: z.string().trim().min(1, 'item.field.comment').max(4_000) });

/** The deeds on an item, for every page that shows its panel. */
export const panelActions = {
	prepare: clashShown(
		uploadAction(PreparationForm, async (event: Event, input, files): Promise<FormDone> => {
			const { locals, params } = event;
			const given = input.reuse ? { reuse: input.reuse } : proofOf(input, onlyFile(files));
			const done = await prepare(locals.db, who(locals), idOf(params.id), given, deed(event, input));
			const key = done.item.state === 'accepted' ? 'item.done.completed' : 'item.done.prepared';
			return { done: locals.words.t(key, { others: done.orders - 1 }) };
		})
	),
	accept: item(Versioned, 'item.done.accepted', (event, input) =>
		acceptItem(event.locals.db, who(event.locals), idOf(event.params.id), deed(event, input))
	),
	sendBack: item(Reasoned, 'item.done.returned', (event, input) =>
		returnItem(event.locals.db, who(event.locals), idOf(event.params.id), input.reason, deed(event, input))
	),
	reopen: item(Versioned, 'item.done.reopened', (event, input) =>
		reopenItem(event.locals.db, who(event.locals), idOf(event.params.id), deed(event, input))
	),
	notNeeded: item(Reasoned, 'item.done.not_needed', (event, input) =>
		notNeeded(event.locals.db, who(event.locals), idOf(event.params.id), input.reason, deed(event, input))
	),
	askRelease: item(Release, 'item.done.release_asked', (event, input) =>
		askRelease(event.locals.db, who(event.locals), idOf(event.params.id), input, deed(event, input))
	),
	approveRelease: item(Versioned, 'item.done.released', (event, input) =>
		approveRelease(event.locals.db, who(event.locals), idOf(event.params.id), deed(event, input))
	),
	assign: item(Assignment, 'item.done.assigned', (event, input) =>
		assignItem(event.locals.db, who(event.locals), idOf(event.params.id), input.assignee, deed(event, input))
	),
	comment: formAction(Said, async ({ locals, params }: Event, { body }) => {
		await commentItem(locals.db, who(locals), idOf(params.id), body);
		return 'item.done.comment';
	})
};

/** Says something about an item; it is part of its order's history. @throws Refusal 403, 404 */
export async function commentItem(db: Db, person: Person, id: number, body: string): Promise<void> {
	const refusal = whyNot(person, 'comment.add');
	if (refusal) throw new Refusal(refusal, { status: 403 });
	const [found] = await db
		.select({ order: checklistItems.order })
		.from(checklistItems)
		.where(eq(checklistItems.id, id));
	if (!found) throw notFound('noun.checklist_item');
	await comment(db, person, { subject: 'checklist_item', subjectId: id, order: found.order, body });
}

function item<S extends z.ZodType<{ version: number }>>(
	schema: S,
	done: MessageKey,
	act: (event: Event, input: z.infer<S>) => Promise<unknown>
) {
	return clashShown(
		formAction(schema, async (event: Event, input) => {
			await act(event, input);
			return done;
		})
	);
}

/** Whoever comes second is shown the item as it is now, in words, beside what they typed. */
function clashShown(action: (event: Event) => Promise<Answer>) {
	return async (event: Event): Promise<Answer> => {
		const answer = await action(event);
		if (!('data' in answer) || answer.status !== 412) return answer;
		const { db, words } = event.locals;
		const current = await currentItem(db, words, answer.data.current as Item);
		return fail(412, { ...answer.data, current });
	};
}

function deed({ locals }: Event, { version }: { version: number }): DeedOn {
	return { version, on: locals.today };
}

function who({ person }: App.Locals): Person {
	if (!person) throw new Refusal('refusal.sign_in', { status: 401 });
	return person;
}
