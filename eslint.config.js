import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const outboundBan = {
	'no-restricted-globals': [
		'error',
		{ name: 'fetch', message: 'Use server/outbound: it guards where we may go.' }
	],
	'no-restricted-imports': [
		'error',
		{
			paths: ['undici', 'node:http', 'node:https', 'http', 'https'].map((name) => ({
				name,
				message: 'Only server/outbound speaks to other hosts.'
			}))
		}
	]
};

export default ts.config(
	{
		ignores: ['node_modules', '.svelte-kit', 'build', 'data', '.cache', 'test-results', 'playwright-report']
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'svelte/no-navigation-without-resolve': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'no-console': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: { 'svelte/no-at-html-tags': 'error' }
	},
	{ files: ['src/**/*.ts'], ignores: ['src/lib/server/outbound/**', '**/*.test.ts'], rules: outboundBan },
	{ files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } }
);
