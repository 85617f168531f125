/**
 * A path of this very site to go back to, or `otherwise`. What browsers read as another host (`//host`, `/\host`, a tab
 * in between) never comes through. `lang` is dropped: it would undo a language chosen meanwhile.
 */
export function localPath(text: unknown, otherwise = '/'): string {
	if (typeof text !== 'string' || !text.startsWith('/')) return otherwise;
	const here = 'http://here.invalid';
	const url = URL.canParse(text, here) ? new URL(text, here) : null;
	if (!url || url.origin !== here || url.pathname.startsWith('//')) return otherwise;
	url.searchParams.delete('lang');
	return url.pathname + url.search + url.hash;
}
