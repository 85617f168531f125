// `npm run ruleline -- <command>`: what an operator does from a terminal.

/** Each command: the arguments it takes, what it does, and the function that does it with them. */
const commands = {
	help: { takes: '', does: 'Lists the commands.', run: help }
};

function help() {
	console.log('Usage: npm run ruleline -- <command>\n');
	for (const [name, { takes, does }] of Object.entries(commands)) {
		console.log(`  ${`${name} ${takes}`.padEnd(34)} ${does}`);
	}
}

const [name = 'help', ...args] = process.argv.slice(2);
if (Object.hasOwn(commands, name)) {
	await commands[name].run(args);
} else {
	console.error(`There is no command "${name}". npm run ruleline -- help lists the commands.`);
	process.exitCode = 2;
}
