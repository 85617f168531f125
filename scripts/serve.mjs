// The server of a built tree, on Node 24. `npm start` prepares the tree and runs this.
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { EnvError, readEnv } from '../src/env.ts';
import { StartRefused } from '../src/lib/server/db/start-refused.ts';

const megabyte = 1024 * 1024;

async function start() {
	const env = readEnv(process.env);
	await checkListening(env);
	checkDataFolder(env.DATA_DIR);
	tellHandler(env);
	// Opens the database and starts the background work before it returns.
	const { handler } = await import('../build/handler.js');
	const server = createServer(handler);
	await listen(server, env).catch((error) => refuseListening(error, env));
	stopOnSignal(server);
	if (typeof globalThis.__rulelineSetupLink === 'string') {
		console.log(`Set up this installation at ${globalThis.__rulelineSetupLink}`);
	}
	console.log(`Ruleline ready at ${env.ORIGIN}`);
}

// Asked before the database is touched: an address in use mostly means that Ruleline already runs there.
async function checkListening(env) {
	const probe = net.createServer();
	await listen(probe, env).catch((error) => refuseListening(error, env));
	await new Promise((resolve) => probe.close(resolve));
}

function listen(server, { HOST, PORT }) {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host: HOST, port: PORT }, () => {
			server.off('error', reject);
			resolve();
		});
	});
}

function refuseListening(error, { HOST, PORT }) {
	const sentences = {
		EADDRINUSE: `Port ${PORT} on ${HOST} is already in use: stop the program that uses it, or choose another port, for example PORT=${PORT === 65535 ? PORT - 1 : PORT + 1} npm start.`,
		EACCES: `Port ${PORT} may not be opened by this user: choose a port from 1024 upwards, for example PORT=3000 npm start.`,
		EADDRNOTAVAIL: `HOST ${HOST} is not an address of this machine: use 127.0.0.1 for this machine only or 0.0.0.0 for every network it is in.`,
		ENOTFOUND: `HOST ${HOST} is not a known name: use 127.0.0.1 for this machine only or 0.0.0.0 for every network it is in.`
	};
	throw sentences[error.code] ? new StartRefused(sentences[error.code]) : error;
}

// Writing tells more than asking: root passes every permission check, also on a read-only or full disk.
function checkDataFolder(folder) {
	const probe = path.join(folder, `.writable-${process.pid}`);
	try {
		makeFolder(path.resolve(folder));
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
		writeFileSync(probe, 'x');
		rmSync(probe);
	} catch (error) {
		throw new StartRefused(
			`DATA_DIR ${path.resolve(folder)} cannot be written (${reasonOf(error)}): make it writable for this user, or set DATA_DIR to another folder.`
		);
	}
}

// Step by step: Node's own recursive mkdir never returns on file systems such as /proc.
function makeFolder(folder) {
	if (existsSync(folder)) return;
	makeFolder(path.dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}

function reasonOf({ code }) {
	const reasons = {
		EACCES: 'no permission',
		ENOENT: 'folders cannot be made there',
		EPERM: 'no permission',
		EROFS: 'the file system is read-only',
		ENOSPC: 'the disk is full',
		EDQUOT: 'the disk quota is used up',
		ENOTDIR: 'part of the path is a file',
		EEXIST: 'it is a file'
	};
	return reasons[code] ?? code;
}

// The handler reads these from the environment when it is imported, and only then.
function tellHandler(env) {
	const behindProxy = env.TRUST_PROXY;
	set('ORIGIN', behindProxy && !process.env.ORIGIN?.trim() ? undefined : env.ORIGIN);
	// Room for the other fields of a form; the file itself is measured while it streams in.
	set('BODY_SIZE_LIMIT', String((env.UPLOAD_LIMIT_MB + 1) * megabyte));
	set('ADDRESS_HEADER', behindProxy ? 'x-forwarded-for' : undefined);
	set('PROTOCOL_HEADER', behindProxy ? 'x-forwarded-proto' : undefined);
	set('HOST_HEADER', behindProxy ? 'x-forwarded-host' : undefined);
	set('PORT_HEADER', undefined);
}

function set(name, value) {
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}

function stopOnSignal(server) {
	let firstAt;
	const onSignal = () => {
		// One Ctrl-C arrives up to three times: from the terminal, from npm and from the start script.
		if (firstAt !== undefined && Date.now() - firstAt > 500) process.exit(130);
		if (firstAt !== undefined) return;
		firstAt = Date.now();
		stop(server).then(() => process.exit(0), crash);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
}

/**
 * Ends within 5 s. `__rulelineStop` closes event streams at once, awaits `drained` (running requests have been
 * answered, or have had their time) and then closes jobs and database.
 */
async function stop(server) {
	setTimeout(() => {
		console.error('Stopped without finishing: something did not end within 4.5 seconds.');
		process.exit(1);
	}, 4500).unref();
	const drained = drain(server);
	await Promise.all([drained, globalThis.__rulelineStop?.({ drained })]);
}

async function drain(server) {
	const closed = new Promise((resolve) => server.close(resolve));
	const sweep = setInterval(() => server.closeIdleConnections(), 50);
	const timeUp = setTimeout(() => server.closeAllConnections(), 2500);
	await closed;
	clearInterval(sweep);
	clearTimeout(timeUp);
}

function crash(error) {
	const expected = error instanceof EnvError || error?.code === 'START_REFUSED';
	console.error(expected ? error.message : error);
	process.exit(1);
}

process.on('unhandledRejection', crash);
process.on('uncaughtException', crash);
await start().catch(crash);
