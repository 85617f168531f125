import type { Args, MessageKey } from '#lib/words/words.ts';

/**
 * The one expected error: something a person asked for may not be done, and the message says why and what to do.
 * Anything else that is thrown is a bug and reaches the log with an id.
 */
export class Refusal extends Error {
	readonly key: MessageKey;
	readonly args: Args;
	/** HTTP status: 400 wrong input, 403 may not, 404 no such record, 409 state or clash, 412 stale version, 428 version missing. */
	readonly status: number;
	/** Field name -> message, shown beside the field. */
	readonly fields: Record<string, { key: MessageKey; args?: Args }>;
	/** What the record looks like now, for a person whose copy was stale. */
	readonly current: unknown;

	constructor(
		key: MessageKey,
		about: { args?: Args; status?: number; fields?: Refusal['fields']; current?: unknown } = {}
	) {
		super(key);
		this.name = 'Refusal';
		this.key = key;
		this.args = about.args ?? {};
		this.status = about.status ?? 409;
		this.fields = about.fields ?? {};
		this.current = about.current;
	}
}

/** A record that is not there: the page helps with `what`, a message key of the noun. */
export function notFound(what: MessageKey): Refusal {
	return new Refusal('refusal.not_found', { status: 404, args: { what } });
}

/** Two people on one record: the second is told, and keeps what was typed. */
export function stale(current: unknown): Refusal {
	return new Refusal('refusal.stale', { status: 412, current });
}
