import { expect, test } from './support/server.ts';
import { as } from './support/people.ts';

test('what is typed before a slow page has come alive is kept', async ({ app, browser }) => {
	const page = await as(browser, 'compliance', app.baseURL);
	let wake = () => {};
	const awake = new Promise<void>((resolve) => (wake = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await awake;
		await route.continue();
	});
	await page.goto('/sources/new', { waitUntil: 'commit' });
	await page.getByLabel('Name', { exact: true }).fill('Forwarders’ notes (fictional)');
	await page.getByRole('radio', { name: /Practice/ }).check();
	wake();
	// The menu of keys answers only once the page is alive.
	await expect(async () => {
		await page.getByRole('heading', { level: 1 }).click();
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog')).toBeVisible({ timeout: 500 });
	}).toPass({ timeout: 20_000 });
	await page.keyboard.press('Escape');
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Forwarders’ notes (fictional)');
	await expect(page.getByRole('radio', { name: /Practice/ })).toBeChecked();
});
