import { endpoint } from '#lib/api/endpoint.server.ts';
import { shownPerson } from '#lib/api/sessions.server.ts';
import { sessionCookie, setSessionCookie } from '#lib/people/session-cookie.ts';
import { signIn } from '#lib/people/sessions.server.ts';

export const POST = endpoint('POST /sessions', async ({ db, event, body }) => {
	const { cookies, url, locals } = event;
	const session = await signIn(db, body, {
		address: event.getClientAddress(),
		now: locals.services.now(),
		limits: locals.services.limits,
		previous: cookies.get(sessionCookie)
	});
	setSessionCookie(cookies, url, session);
	const { token, expiresAt, person } = session;
	return { token, expiresAt: expiresAt.toISOString(), person: shownPerson(person) };
});
