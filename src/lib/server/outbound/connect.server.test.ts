import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConnector } from 'undici';
import { guardedConnector, publicLookup, type Resolve } from './connect.server.ts';
import { allowList } from './destination.ts';

const answers =
	(...addresses: string[]): Resolve =>
	(_hostname, _options, done) =>
		done(
			null,
			addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
		);

function lookUp(resolve: Resolve, all: boolean): Promise<unknown> {
	return new Promise((resolved, rejected) =>
		publicLookup(resolve)('name.example', { all }, (error, address) =>
			error ? rejected(error) : resolved(address)
		)
	);
}

describe('looking a name up', () => {
	test.each([[['127.0.0.1']], [['10.0.0.1', '1.1.1.1']], [['1.1.1.1', '::1']], [['64:ff9b::7f00:1']], [[]]])(
		'%j is refused',
		async (addresses) => {
			await expect(lookUp(answers(...addresses), true)).rejects.toMatchObject({ code: 'private_address' });
			await expect(lookUp(answers(...addresses), false)).rejects.toMatchObject({ code: 'private_address' });
		}
	);

	test('public addresses are handed on in the form asked for', async () => {
		expect(await lookUp(answers('1.1.1.1'), false)).toBe('1.1.1.1');
		expect(await lookUp(answers('1.1.1.1'), true)).toEqual([{ address: '1.1.1.1', family: 4 }]);
	});
});

describe('connecting', () => {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
	});
	let port = '';
	beforeAll(async () => {
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		port = String((server.address() as AddressInfo).port);
	});
	afterAll(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});

	const plain = buildConnector({ allowH2: false });
	/** Reaches loopback whatever name it is given: a look-up that lied, or a rebound name. */
	let tried = 0;
	const rebound: buildConnector.connector = (target, done) => {
		tried += 1;
		plain({ ...target, hostname: '127.0.0.1' }, done);
	};

	function connect(hostname: string, allow: string[] = []): Promise<Socket> {
		return new Promise((resolved, rejected) => {
			const guarded = guardedConnector(allowList(allow), plain, rebound);
			guarded({ hostname, protocol: 'http:', port }, (error, socket) =>
				error ? rejected(error) : resolved(socket)
			);
		});
	}

	test('a name that ends at loopback after all is dropped', async () => {
		await expect(connect('name.example')).rejects.toMatchObject({ code: 'private_address' });
	});

	test('a public literal that ends at loopback is dropped', async () => {
		await expect(connect('1.1.1.1')).rejects.toMatchObject({ code: 'private_address' });
	});

	test.each(['127.0.0.1', '::1', '::ffff:7f00:1'])('the literal %s is never tried', async (address) => {
		tried = 0;
		await expect(connect(address)).rejects.toMatchObject({ code: 'private_address' });
		expect(tried).toBe(0);
	});

	test('an allowed host is reached', async () => {
		const socket = await connect('127.0.0.1', [`127.0.0.1:${port}`]);
		expect(socket.remoteAddress).toBe('127.0.0.1');
		socket.destroy();
	});
});
