import { reference } from '#lib/api/reference.ts';
import type { PageServerLoad } from './$types';

const made = reference();

export const load: PageServerLoad = ({ url }) => ({ ...made, origin: url.origin });
