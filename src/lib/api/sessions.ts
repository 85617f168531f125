import { z } from 'zod';
import { roles } from '#lib/people/roles.ts';
import { locales } from '#lib/words/words.ts';
import type { Operations } from './operation.ts';
import { Id, Instant } from './shapes.ts';

export const Person = z
	.object({
		id: Id,
		email: z.string(),
		name: z.string(),
		locale: z.enum(locales),
		roles: z.array(z.enum(roles)),
		teams: z.array(z.object({ team: z.string(), lead: z.boolean() }))
	})
	.meta({ id: 'Person' });

export const sessionOperations = {
	'POST /sessions': {
		summary: 'Sign in.',
		detail:
			'Sets the session cookie, and answers the same session as a token for `Authorization: Bearer`. Too many attempts from one address or on one account are refused for a while (429).',
		may: 'public',
		body: z.strictObject({ email: z.string().max(320), password: z.string().max(1_000) }),
		secret: true,
		status: 201,
		answer: z.object({ token: z.string(), expiresAt: Instant, person: Person })
	},
	'DELETE /sessions/current': {
		summary: 'Sign out: the session of this request ends.',
		may: 'api.use',
		status: 204
	}
} satisfies Operations;
