import { may } from '#lib/people/policy.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ managesPeople: may(locals.person, 'people.manage') });
