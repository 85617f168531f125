import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit()],
	// An inlined font is a data: URL, which the content security policy refuses.
	build: { assetsInlineLimit: 0 }
});
