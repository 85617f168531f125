import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isAddress, isPublicAddress } from './address.ts';
import { hostAndPort } from './destination.ts';
import { OutboundError } from './outbound-error.ts';

/** Resolves a name to every address it has. */
export type Resolve = (
	hostname: string,
	options: dns.LookupAllOptions,
	done: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void
) => void;

type Connector = buildConnector.connector;

const CONNECT_TIMEOUT_MS = 10_000;

/** A look-up that answers only if every address of the name is public: a name with one private address is a trap. */
export function publicLookup(resolve: Resolve = dns.lookup): LookupFunction {
	return (hostname, options, done) => {
		resolve(hostname, { ...options, all: true }, (error, addresses) => {
			if (error) return done(error, []);
			const first = addresses[0];
			if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
				return done(new OutboundError('private_address', hostname), []);
			}
			if (options.all) done(null, addresses);
			else done(null, first.address, first.family);
		});
	};
}

/**
 * Judges again at the moment of connecting. Literals never pass through a look-up, so they are checked here; the
 * address really reached is checked after connecting, whatever the look-up claimed.
 */
export function guardedConnector(
	allowed: ReadonlySet<string>,
	free: Connector,
	guarded: Connector
): Connector {
	return (target, done) => {
		if (allowed.has(hostAndPort(target.hostname, target.port, target.protocol))) return free(target, done);
		const refuse = () => done(new OutboundError('private_address', target.hostname), null);
		if (isAddress(target.hostname) && !isPublicAddress(target.hostname)) return refuse();
		guarded(target, (...outcome) => {
			const [error, socket] = outcome;
			if (error || isPublicAddress(socket.remoteAddress ?? '')) return done(...outcome);
			socket.destroy();
			refuse();
		});
	};
}

/** The connector of the one agent. HTTP/2 stays off: its multiplexing only adds ways to be flooded. */
export function connector(allowed: ReadonlySet<string>, resolve?: Resolve): Connector {
	const options = { allowH2: false, timeout: CONNECT_TIMEOUT_MS };
	const free = buildConnector(options);
	return guardedConnector(allowed, free, buildConnector({ ...options, lookup: publicLookup(resolve) }));
}
