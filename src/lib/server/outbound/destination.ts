import { bareHost, isAddress, isPublicAddress } from './address.ts';
import { OutboundError } from './outbound-error.ts';

const WEB_PORTS = new Set(['80', '443']);

/** One spelling of a host and its port for the allow list: no brackets, the port always written out. */
export function hostAndPort(hostname: string, port: string, protocol: string): string {
	return `${bareHost(hostname).toLowerCase()}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/**
 * The exact hosts that may be reached although they are private or use another port.
 * @param entries `host:port`, IPv6 in brackets: `intranet.example:8080`, `[::1]:4100`
 * @throws Error naming the entry that is not of that form
 */
export function allowList(entries: readonly string[]): ReadonlySet<string> {
	return new Set(
		entries.map((entry) => {
			const parsed = /^([^\s/@?#]+):(\d{1,5})$/.exec(entry.trim());
			const url = parsed && URL.parse(`http://${parsed[0]}`);
			if (!url) throw new Error(`"${entry}" is not of the form host:port`);
			return hostAndPort(url.hostname, url.port, url.protocol);
		})
	);
}

/** What can be judged before a connection: the form of the address, its scheme, port and, for a literal, its network. */
export function destination(address: string, allowed: ReadonlySet<string>): URL {
	const url = URL.parse(address);
	if (!url) throw new OutboundError('bad_url', address.slice(0, 200));
	url.hash = '';
	if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new OutboundError('scheme', url.protocol);
	if (url.username || url.password) throw new OutboundError('credentials', url.host);
	if (allowed.has(hostAndPort(url.hostname, url.port, url.protocol))) return url;
	if (url.port && !WEB_PORTS.has(url.port)) throw new OutboundError('port', url.host);
	// The URL parser has already turned decimal, octal, hex and short spellings into plain addresses.
	if (isAddress(url.hostname) && !isPublicAddress(url.hostname)) {
		throw new OutboundError('private_address', url.host);
	}
	return url;
}
