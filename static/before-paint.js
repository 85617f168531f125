// Runs before the first paint, so that a folded rail does not jump. A file of its own: the page's policy allows no inline script.
try {
	if (localStorage.getItem('rail') === 'narrow') document.documentElement.dataset.rail = 'narrow';
} catch {
	// A browser that keeps nothing shows the wide rail.
}
