import ipaddr from 'ipaddr.js';

const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');

/** Public by number, yet answered by the cloud's own host agent. */
const HOST_AGENTS = new Set(['168.63.129.16']);

/** The host as a URL or a socket spells it, without the brackets of an IPv6 literal. */
export function bareHost(host: string): string {
	return host.startsWith('[') ? host.slice(1, -1) : host;
}

export function isAddress(host: string): boolean {
	return ipaddr.isValid(bareHost(host));
}

/**
 * Whether an IP address lies in the public internet. Deny by default: for IPv4 whatever the IANA special-purpose
 * registry lists is out; for IPv6 only 2000::/3 is in, and of that no range which wraps an IPv4 address
 * (mapped, NAT64, 6to4, Teredo), because the wrapped one may be private.
 */
export function isPublicAddress(address: string): boolean {
	const host = bareHost(address);
	if (!ipaddr.isValid(host) || HOST_AGENTS.has(host)) return false;
	const parsed = ipaddr.parse(host);
	if (parsed.range() !== 'unicast') return false;
	return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6, 3);
}
