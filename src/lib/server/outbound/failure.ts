import { OutboundError, type OutboundCode } from './outbound-error.ts';

/** How far the exchange had come when it failed: the same closed socket means different things. */
export type Stage = 'answer' | 'body';

/** What the system, TLS and undici call their failures, in our words; first match wins. */
const CODES: readonly [RegExp, OutboundCode][] = [
	[/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/, 'not_found'],
	[/TIMEOUT|^ETIMEDOUT$/, 'timeout'],
	[/OVERFLOW|EXCEEDED_MAX_SIZE/, 'too_large'],
	[/CERT|TLS|SSL|SIGNATURE|ISSUER|^EPROTO$|^CRL_|^HOSTNAME_MISMATCH$/, 'tls'],
	[/^HPE_|^HTTPParserError$/, 'unreadable']
];

/** Turns whatever a request threw into the one error callers know. A failure we cannot name is a refused connection. */
export function outboundFailure(error: unknown, stage: Stage, host: string): OutboundError {
	if (error instanceof OutboundError) return error;
	if (error instanceof Error && error.cause instanceof OutboundError) return error.cause;
	const code = nameOf(error);
	if (code === 'UND_ERR_INVALID_ARG') throw error;
	const known = CODES.find(([pattern]) => pattern.test(code))?.[1];
	if (stage === 'body' && known !== 'timeout' && known !== 'too_large') {
		return new OutboundError('broken_body', host, { cause: error });
	}
	return new OutboundError(known ?? 'refused', host, { cause: error });
}

/** The code of a failure; undici's parser leaves some of its own without one, those go by their name. */
function nameOf(error: unknown): string {
	if (!(error instanceof Error)) return '';
	return 'code' in error && error.code ? String(error.code) : error.name;
}
