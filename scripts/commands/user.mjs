// Accounts from a terminal: the way in when nobody is left who could let anybody in.
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { emailOf } from '../../src/lib/people/accounts.ts';
import { createAccount, setPassword } from '../../src/lib/people/accounts.server.ts';
import { PersonForm } from '../../src/lib/people/forms.ts';
import { hashPassword, inventPassword } from '../../src/lib/people/passwords.server.ts';
import { roles } from '../../src/lib/people/roles.ts';
import { people } from '../../src/lib/people/tables.ts';
import { teamNames } from '../../src/lib/teams/teams.server.ts';
import { transact } from '../../src/lib/server/db/db.ts';
import { locales } from '../../src/lib/words/words.ts';
import { StepFailed } from '../install.mjs';
import { withWorkspace } from './workspace.mjs';

export async function createUser(args) {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			name: { type: 'string' },
			roles: { type: 'string', default: '' },
			teams: { type: 'string', default: '' },
			locale: { type: 'string', default: 'en' }
		}
	});
	const given = accepted({
		...{ email: positionals[0], name: values.name, locale: values.locale },
		...{ roles: listed(values.roles), teams: listed(values.teams) }
	});
	const password = inventPassword();
	await withWorkspace(async ({ db }) => {
		await knownTeams(db, given.teams);
		const passwordHash = await hashPassword(password);
		await transact(db, (tx) => createAccount(tx, null, { ...given, passwordHash }));
	});
	console.log(`${emailOf(given.email)} may sign in with the first password ${password} (shown only now).`);
}

export async function resetUserPassword(args) {
	const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
	const email = emailOf(positionals[0] ?? '');
	if (!email) throw new StepFailed('Give the address of the account: user:reset-password <email>.');
	const password = inventPassword();
	await withWorkspace(async ({ db }) => {
		const [found] = await db
			.select({ id: people.id, disabledAt: people.disabledAt })
			.from(people)
			.where(eq(people.email, email));
		if (!found) throw new StepFailed(`There is no account with the address ${email}.`);
		const passwordHash = await hashPassword(password);
		await transact(db, (tx) => setPassword(tx, null, found.id, passwordHash));
		if (found.disabledAt)
			console.error('This account is closed: an admin has to open it before anybody signs in.');
	});
	console.log(`${email} may sign in with the new password ${password} (shown only now).`);
}

const listed = (text) =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);

/** The rules of the people page, in the terms of the command. */
function accepted(given) {
	const parsed = PersonForm.safeParse(given);
	if (parsed.success) return parsed.data;
	const demands = {
		email: 'Give the address first: user:create <email> --name <name>.',
		name: 'Give the name of the person: --name "Lin Yutong".',
		locale: `--locale takes one of ${locales.join(', ')}.`,
		roles: `--roles takes any of ${roles.join(', ')}, separated by commas.`,
		teams: '--teams takes keys of teams separated by commas, a lead as customs:lead.'
	};
	const wrong = [...new Set(parsed.error.issues.map(({ path: [field] }) => field))];
	throw new StepFailed(wrong.map((field) => demands[field]).join('\n'));
}

async function knownTeams(db, asked) {
	const known = Object.keys(await teamNames(db));
	const unknown = asked.map(({ team }) => team).filter((team) => !known.includes(team));
	if (unknown.length === 0) return;
	throw new StepFailed(`There is no team "${unknown.join('", "')}" here. Teams: ${known.join(', ')}.`);
}
