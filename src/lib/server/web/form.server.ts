import { fail, isRedirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { Refusal } from '#lib/refusal.ts';
import type { MessageKey, Words } from '#lib/words/words.ts';

/** What a refused form gets back: the sentence on top, one beside each field, and all that was typed. */
export interface FormRefusal {
	message: string;
	errors: Record<string, string>;
	values: Record<string, string | string[]>;
	/** The record as it is now, where somebody else was first. */
	current?: unknown;
}

/** What a form that went well gets back; `done` is shown as a toast. */
export interface FormDone {
	done: string;
}

type Event = RequestEvent<Record<string, string>>;

/**
 * A form action of one shape: decode, validate, do, respond. `act` returns the message key of what was done (a toast),
 * or throws a redirect; a Refusal comes back beside the fields, with everything that was typed.
 */
export function formAction<E extends Event, S extends z.ZodType>(
	schema: S,
	act: (event: E, input: z.infer<S>) => Promise<MessageKey | void>
) {
	return async (event: E): Promise<ActionFailure<FormRefusal> | FormDone> => {
		const form = await event.request.formData();
		const values = valuesOf(form);
		const parsed = schema.safeParse(values);
		if (!parsed.success) {
			const errors = fieldErrors(parsed.error, event.locals.words);
			return fail(400, {
				message: event.locals.words.t('form.check_fields'),
				errors,
				values: withoutPasswords(values)
			});
		}
		try {
			const done = await act(event, parsed.data);
			return { done: done ? event.locals.words.t(done) : '' };
		} catch (error) {
			if (isRedirect(error) || !(error instanceof Refusal)) throw error;
			return fail(error.status, refused(error, event.locals.words, withoutPasswords(values)));
		}
	};
}

/** A password never travels back into a page: its field is typed again. */
function withoutPasswords(values: FormRefusal['values']): FormRefusal['values'] {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !name.includes('password')));
}

/** A refusal in the person's words, with what was typed. */
export function refused(error: Refusal, words: Words, values: FormRefusal['values'] = {}): FormRefusal {
	const errors = Object.fromEntries(
		Object.entries(error.fields).map(([field, { key, args }]) => [field, words.t(key, args)])
	);
	return { message: sentence(error, words), errors, values, current: error.current };
}

/** The refusal's sentence. An argument that is itself a message key (`what`) is put in words first. */
export function sentence(error: Refusal, words: Words): string {
	const args = Object.fromEntries(
		Object.entries(error.args).map(([name, value]) => [
			name,
			name === 'what' ? words.t(value as MessageKey) : value
		])
	);
	return words.t(error.key, args);
}

/** Text fields as typed; a name that ends in `[]` or stands more than once is a list. Files are left to uploads. */
export function valuesOf(form: FormData): FormRefusal['values'] {
	const values: FormRefusal['values'] = {};
	for (const name of new Set(form.keys())) {
		const texts = form.getAll(name).filter((value) => typeof value === 'string');
		if (name.endsWith('[]')) values[name.slice(0, -2)] = texts;
		else if (texts.length) values[name] = texts.length > 1 ? texts : texts[0]!;
	}
	return values;
}

/** Schema messages are message keys; what zod says by itself becomes one of three plain sentences. */
export function fieldErrors(error: z.ZodError, words: Words): Record<string, string> {
	const errors: Record<string, string> = {};
	for (const issue of error.issues) {
		const field = issue.path.join('.') || 'form';
		errors[field] ??= words.t(keyOf(issue));
	}
	return errors;
}

function keyOf(issue: z.core.$ZodIssue): MessageKey {
	if (/^[a-z_]+(\.[a-z_]+)+$/.test(issue.message)) return issue.message as MessageKey;
	if (issue.code === 'too_small' || (issue.code === 'invalid_type' && issue.input === undefined))
		return 'form.field_required';
	if (issue.code === 'too_big') return 'form.field_too_long';
	return 'form.field_wrong';
}
