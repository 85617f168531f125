import { getContext, setContext } from 'svelte';
import type { Words } from './words.ts';

const key = Symbol('words');

export function setWords(words: () => Words): void {
	setContext(key, words);
}

/** The words of the page: call it while the component is made. */
export function useWords(): Words {
	return getContext<() => Words>(key)();
}
