import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
	plugins: [sveltekit()],
	// An inlined font is a data: URL, which the content security policy refuses.
	build: { assetsInlineLimit: 0 },
	// Its package.json names thousands of entries, and Node reads them anew for each import: a third of a second at start.
	ssr: { noExternal: command === 'build' ? ['drizzle-orm'] : [] }
}));
