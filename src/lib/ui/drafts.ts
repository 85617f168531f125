type Draft = Record<string, string>;
const prefix = 'draft:';

/**
 * Keeps what is typed into a form in this browser until it is saved, and puts it back when the form is opened again.
 * `back` is told when something was put back. Passwords, files and hidden fields are never kept.
 */
export function keepDraft(key: string, back: () => void): (form: HTMLFormElement) => () => void {
	return (form) => {
		if (putBack(form, read(key))) back();
		const save = () => write(key, typed(form));
		form.addEventListener('input', save);
		return () => form.removeEventListener('input', save);
	};
}

export function dropDraft(key: string): void {
	withStorage((storage) => storage.removeItem(prefix + key));
}

/** Before somebody else uses this browser. */
export function dropAllDrafts(): void {
	withStorage((storage) => {
		for (const name of Object.keys(storage)) if (name.startsWith(prefix)) storage.removeItem(name);
	});
}

type TextControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function controls(form: HTMLFormElement): TextControl[] {
	const kept =
		'input:not([type=password], [type=file], [type=hidden], [type=checkbox], [type=radio]), textarea, select';
	return [...form.querySelectorAll<TextControl>(kept)].filter((control) => control.name !== '');
}

function typed(form: HTMLFormElement): Draft {
	return Object.fromEntries(controls(form).map((control) => [control.name, control.value]));
}

function putBack(form: HTMLFormElement, draft: Draft): boolean {
	let changed = false;
	for (const control of controls(form)) {
		const text = draft[control.name];
		if (text === undefined || text === control.value) continue;
		control.value = text;
		control.dispatchEvent(new Event('input', { bubbles: true }));
		changed = true;
	}
	return changed;
}

function read(key: string): Draft {
	return withStorage((storage) => JSON.parse(storage.getItem(prefix + key) ?? '{}') as Draft) ?? {};
}

function write(key: string, draft: Draft): void {
	withStorage((storage) => storage.setItem(prefix + key, JSON.stringify(draft)));
}

/** A browser may refuse to keep anything, or have kept something broken: a form then simply starts without a draft. */
function withStorage<T>(act: (storage: Storage) => T): T | undefined {
	try {
		return act(localStorage);
	} catch {
		return undefined;
	}
}
