import type { z } from 'zod';
import type { Person } from '#lib/people/roles.ts';
import type { Person as Shown } from './sessions.ts';

export function shownPerson({ id, email, name, locale, roles, teams }: Person): z.output<typeof Shown> {
	return { id, email, name, locale, roles, teams };
}
