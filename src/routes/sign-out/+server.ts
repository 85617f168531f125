import { redirect } from '@sveltejs/kit';
import { clearSessionCookie, sessionCookie } from '#lib/people/session-cookie.ts';
import { signOut } from '#lib/people/sessions.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies, url }) => {
	const token = cookies.get(sessionCookie);
	if (token) await signOut(locals.db, token, locals.services.sessions);
	clearSessionCookie(cookies, url);
	redirect(303, '/sign-in');
};
