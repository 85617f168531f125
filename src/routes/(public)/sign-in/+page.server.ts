import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { demoPassword } from '#lib/people/accounts.ts';
import { demoAccounts, somebody } from '#lib/people/people.server.ts';
import { localeCookie, setPreference } from '#lib/people/preferences.ts';
import type { Person } from '#lib/people/roles.ts';
import { sessionCookie, setSessionCookie } from '#lib/people/session-cookie.ts';
import { signIn, signInDemo, type Session } from '#lib/people/sessions.server.ts';
import { formAction } from '#lib/server/web/form.server.ts';
import { localPath } from '#lib/server/web/local-path.ts';
import { teamNames } from '#lib/teams/teams.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.person) redirect(303, to);
	const demo = locals.workspace.kind === 'demo';
	return {
		to,
		nobodyYet: !demo && !(await somebody(locals.db)),
		demo: demo
			? { password: demoPassword, accounts: await demoAccounts(locals.db), teams: await teamNames(locals.db) }
			: null
	};
};

const ByPassword = z.object({
	email: z.string().min(1).max(254),
	password: z.string().min(1).max(800),
	to: z.string()
});
const ByClick = z.object({ email: z.string().min(1).max(254), to: z.string() });

export const actions: Actions = {
	password: formAction(ByPassword, async (event, { to, ...given }) => {
		const { locals, cookies } = event;
		const context = {
			address: event.getClientAddress(),
			now: locals.services.now(),
			limits: locals.services.limits
		};
		enter(event, to, await signIn(locals.db, given, { ...context, previous: cookies.get(sessionCookie) }));
	}),
	demo: formAction(ByClick, async (event, { to, email }) => {
		const { locals, cookies } = event;
		enter(event, to, await signInDemo(locals.db, locals.workspace.kind, email, cookies.get(sessionCookie)));
	})
};

/** A language chosen on this device stays; on a new device the account brings its own. */
function enter({ cookies, url }: RequestEvent, to: string, session: Session & { person: Person }): never {
	setSessionCookie(cookies, url, session);
	if (!cookies.get(localeCookie)) setPreference(cookies, url, localeCookie, session.person.locale);
	redirect(303, localPath(to));
}
