import { catalogs } from '#lib/words/catalogs.ts';
import type { LayoutLoad } from './$types';

/** The catalog of the one language the page speaks: a chunk of its own in the browser. */
export const load: LayoutLoad = async ({ data }) => ({ ...data, catalog: await catalogs[data.locale]() });
