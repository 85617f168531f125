import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, or undefined: then Playwright looks for its own. */
export function systemBrowser(): string | undefined {
	return usual.find((file) => existsSync(file));
}

export function hasBrowser(): boolean {
	return systemBrowser() !== undefined || existsSync(chromium.executablePath());
}
