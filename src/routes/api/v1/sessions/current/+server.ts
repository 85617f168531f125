import { endpoint } from '#lib/api/endpoint.server.ts';
import { bearerOf } from '#lib/server/web/api.server.ts';
import { clearSessionCookie, sessionCookie } from '#lib/people/session-cookie.ts';
import { signOut } from '#lib/people/sessions.server.ts';

export const DELETE = endpoint('DELETE /sessions/current', async ({ db, event }) => {
	const { cookies, url, locals, request } = event;
	const token = cookies.get(sessionCookie) ?? bearerOf(request);
	if (token) await signOut(db, token, locals.services.sessions);
	clearSessionCookie(cookies, url);
});
