/** The database cannot be opened, and the message is one sentence that tells the operator what to do. */
export class StartRefused extends Error {
	readonly code = 'START_REFUSED';

	constructor(sentence: string, cause?: unknown) {
		super(sentence, { cause });
		this.name = 'StartRefused';
	}
}

/** The first line of whatever was thrown, to close a sentence with. */
export function reasonOf(error: unknown): string {
	const innermost = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const text = innermost instanceof Error ? innermost.message || innermost.name : String(innermost);
	return text.split('\n')[0]!.trim().replace(/\.$/, '');
}
