// `npm run ruleline -- <command>`: what an operator does from a terminal, where the right to do it is being there.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, StepFailed } from './install.mjs';

/**
 * Each command: the arguments it takes, what it does, and what does it. `run` gets the arguments and answers the exit
 * code, 0 when it answers nothing. Loaded when called, so that help works before anything is installed.
 */
const commands = {
	help: { takes: '', does: 'Lists the commands.', run: help },
	'user:create': {
		takes: '<email> --name <name> [--roles <a,b>] [--teams <x,y:lead>] [--locale <en|zh-CN|vi>]',
		does: 'Makes an account and prints its first password, once.',
		run: async (args) => (await import('./commands/user.mjs')).createUser(args)
	},
	'user:reset-password': {
		takes: '<email>',
		does: 'Prints a new password, once, and ends every session of the account.',
		run: async (args) => (await import('./commands/user.mjs')).resetUserPassword(args)
	},
	seed: {
		takes: '--orders <number>',
		does: 'Adds fictional orders to a demo workspace, to try its size.',
		run: async (args) => (await import('./commands/orders.mjs')).seed(args)
	},
	'rollup:check': {
		takes: '',
		does: 'Judges every open order anew and says where lists and figures differ from that. Exit code 1 if any.',
		run: async () => (await import('./commands/orders.mjs')).rollupCheck()
	}
};

function help() {
	console.log('Usage: npm run ruleline -- <command>\n');
	for (const [name, { takes, does }] of Object.entries(commands)) {
		console.log(`  ${`${name} ${takes}`.trim()}\n      ${does}`);
	}
	console.log(
		'\nThe settings are those of the server: the environment, and the file .env where there is one.'
	);
	console.log('The embedded database serves one process: stop the server first.');
}

async function run(name, args) {
	if (!Object.hasOwn(commands, name)) {
		console.error(`There is no command "${name}". npm run ruleline -- help lists the commands.`);
		return 2;
	}
	if (name !== 'help' && !existsSync(path.join(root, 'node_modules/.package-lock.json'))) {
		throw new StepFailed('Nothing is installed here yet: run npm start once, then this command again.');
	}
	// As with the server, what is set in the environment wins over the file.
	if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'));
	return commands[name].run(args);
}

const expected = (error) =>
	error instanceof StepFailed || error?.name === 'EnvError' || error?.code === 'START_REFUSED';

/** A wrong option, as node:util tells it: the rest of its text explains how to pass a dash, which nobody wanted. */
const wrongOption = (error) => String(error?.code).startsWith('ERR_PARSE_ARGS_');

const [name = 'help', ...args] = process.argv.slice(2);
try {
	process.exitCode = (await run(name, args)) ?? 0;
} catch (error) {
	if (wrongOption(error)) {
		console.error(
			`${error.message.split('. ')[0]}. Usage: npm run ruleline -- ${name} ${commands[name].takes}`
		);
		process.exitCode = 2;
	} else {
		console.error(expected(error) ? error.message : error);
		process.exitCode = 1;
	}
}
