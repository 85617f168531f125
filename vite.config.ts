import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit()],
	// sanitize-html (CommonJS) requires htmlparser2 (a module), which Node refuses while something else is importing it.
	ssr: { noExternal: ['sanitize-html', 'htmlparser2'] },
	// An inlined font is a data: URL, which the content security policy refuses.
	build: { assetsInlineLimit: 0 }
});
