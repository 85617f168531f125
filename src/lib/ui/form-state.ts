import { getContext, setContext } from 'svelte';

/** What an action answers: refused (a sentence, one beside each field, all that was typed) or done. */
export interface FormResult {
	message?: string;
	errors?: Record<string, string>;
	values?: Record<string, string | string[]>;
	/** The record as it is now, where somebody else was first. */
	current?: unknown;
	done?: string;
}

/** What a form tells its fields and buttons. */
export interface FormState {
	readonly id: string;
	readonly result: FormResult | null;
	readonly pending: boolean;
}

const key = Symbol('form');

export function setForm(state: FormState): void {
	setContext(key, state);
}

/** The form around, or undefined for a field that stands alone. */
export function useForm(): FormState | undefined {
	return getContext<FormState | undefined>(key);
}

/** The element of a field: what its label points at and the summary of errors links to. */
export function fieldId(form: string | undefined, name: string): string {
	return `${form ?? 'field'}-${name.replace(/[^\w-]+/g, '-')}`;
}
