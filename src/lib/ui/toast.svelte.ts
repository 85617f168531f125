interface Toast {
	id: number;
	text: string;
}

/** What is being said just now, oldest first. Toasts.svelte shows it. */
export const toasts: Toast[] = $state([]);

/** Long enough to read a sentence twice. */
const stay = 6000;
let last = 0;

/** Says in passing what was done. Errors belong beside what caused them, not here. */
export function say(text: string): void {
	if (!text) return;
	const id = ++last;
	toasts.push({ id, text });
	setTimeout(() => hush(id), stay);
}

export function hush(id: number): void {
	const at = toasts.findIndex((toast) => toast.id === id);
	if (at >= 0) toasts.splice(at, 1);
}
