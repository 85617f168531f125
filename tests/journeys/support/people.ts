import type { Browser, Page } from '@playwright/test';

/** One of the demo's people at their own browser, signed in with one click. */
export async function as(browser: Browser, name: string, baseURL: string): Promise<Page> {
	const context = await browser.newContext({ baseURL, locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: new RegExp(`${name}@demo\\.example`) }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}
