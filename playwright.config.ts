import { defineConfig } from '@playwright/test';
import { systemBrowser } from './tests/support/browser.ts';

export default defineConfig({
	testDir: 'tests/journeys',
	outputDir: 'test-results',
	workers: 2,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	forbidOnly: Boolean(process.env.CI),
	reporter: [['list']],
	use: {
		locale: 'en-GB',
		timezoneId: 'Asia/Ho_Chi_Minh',
		actionTimeout: 15_000,
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: systemBrowser(),
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
		}
	}
});
