/**
 * Why a request to another host gave nothing. The codes are stable: they are stored with a source's last run and
 * each has its sentence under `outbound.<code>`.
 *
 * - `bad_url` not a web address · `scheme` not http or https · `credentials` user name or password in the address
 * - `port` neither 80 nor 443 nor allowed · `private_address` the host is inside a private or reserved network
 * - `not_found` the name does not resolve · `refused` no connection, or closed before an answer · `tls` no trusted
 *   secure connection · `timeout` not finished within the deadline
 * - `too_large` header, body or inflated body over the limit · `broken_body` the body ended early or cannot be inflated
 * - `too_many_redirects`, `redirect_loop`, `bad_redirect` (no or no usable target)
 * - `unreadable` the answer is not HTTP or uses an encoding nobody asked for
 */
export type OutboundCode =
	| 'bad_url'
	| 'scheme'
	| 'credentials'
	| 'port'
	| 'private_address'
	| 'not_found'
	| 'refused'
	| 'tls'
	| 'timeout'
	| 'too_large'
	| 'broken_body'
	| 'too_many_redirects'
	| 'redirect_loop'
	| 'bad_redirect'
	| 'unreadable';

/** Expected trouble on the way out. `detail` is safe to show: the host asked for, never an address it resolved to. */
export class OutboundError extends Error {
	readonly code: OutboundCode;
	readonly detail: string;

	constructor(code: OutboundCode, detail: string, options?: ErrorOptions) {
		super(`${code}: ${detail}`, options);
		this.name = 'OutboundError';
		this.code = code;
		this.detail = detail;
	}

	get messageKey(): `outbound.${OutboundCode}` {
		return `outbound.${this.code}`;
	}
}
