import type { MessageKey, Words } from '#lib/words/words.ts';

/** Why a poll gave nothing, as it is stored: the key of its sentence and the one word that may stand in it. */
export interface Trouble {
	key: MessageKey;
	detail?: string;
}

const KNOWN: Record<number, MessageKey> = {
	401: 'sources.error.forbidden',
	403: 'sources.error.forbidden',
	404: 'sources.error.missing',
	410: 'sources.error.gone',
	429: 'sources.error.too_often'
};

/** What an answer other than 2xx and 304 means for the person who looks after the source. */
export function statusTrouble(status: number): Trouble {
	const key = KNOWN[status] ?? (status >= 500 ? 'sources.error.server' : 'sources.error.status');
	return { key, detail: String(status) };
}

/** The sentence of a stored trouble. */
export function troubleIn(words: Words, trouble: { key: string; detail?: string } | null): string | null {
	return trouble && words.t(trouble.key as MessageKey, { detail: trouble.detail ?? '' });
}
