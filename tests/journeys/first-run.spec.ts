import { expect, test } from './support/server.ts';

test.use({ serverEnv: { DEMO: 'off' } });

const password = 'four unrelated words';

test('from the printed link to a second person who finds the pilot in review', async ({
	app,
	browser,
	page
}) => {
	const link = /Set up this installation at (\S+)/.exec(app.log())![1]!;

	await test.step('the link leads to a form and makes the administrator', async () => {
		await page.goto('/sign-in');
		await expect(page.getByText(/Nobody has an account yet/)).toBeVisible();
		await expect(page.getByText('Look around as')).toBeHidden();
		await page.goto(link);
		await page.getByLabel('Name', { exact: true }).fill('Meng Yao');
		await page.getByLabel('E-mail').fill('meng@quanlan.example');
		await page.getByLabel('Password').fill('short');
		await page.getByRole('button', { name: 'Make the account' }).click();
		await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/at least 8 characters/);
		await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Meng Yao');
		await page.getByLabel('Password').fill(password);
		await page.getByRole('button', { name: 'Make the account' }).click();
		await expect(page).toHaveURL(`${app.baseURL}/`);
	});

	await test.step('the link is used up', async () => {
		const stranger = await (await browser.newContext({ baseURL: app.baseURL, locale: 'en-GB' })).newPage();
		await stranger.goto(link);
		await expect(stranger.getByRole('heading', { name: 'Already set up' })).toBeVisible();
		await expect(stranger.getByRole('button', { name: 'Make the account' })).toBeHidden();
		await stranger.goto('/');
		await expect(stranger).toHaveURL(/\/sign-in/);
		await stranger.context().close();
	});

	await test.step('the pilot waits in review and is only watched', async () => {
		const { items } = await (await page.request.get('/api/v1/changes')).json();
		expect(items.map((change: { state: string }) => change.state)).toEqual(['in_review']);
		expect((await (await page.request.get('/api/v1/rule-versions')).json()).items).toEqual([]);
		await page.goto('/rules');
		await expect(page.getByRole('main').getByText('Watch.', { exact: true })).toBeVisible();
	});

	const first = await test.step('the administrator adds somebody for compliance', async () => {
		await page.goto('/settings/people');
		await page.getByLabel('Name', { exact: true }).fill('Lin Xiaowen');
		await page.getByLabel('E-mail').fill('lin@quanlan.example');
		await page.getByRole('checkbox', { name: /^Compliance/ }).check();
		await page.getByRole('button', { name: 'Add a person' }).click();
		await expect(page.getByText('Password for Lin Xiaowen')).toBeVisible();
		return page.getByRole('status').filter({ hasText: 'Password for' }).locator('code').innerText();
	});

	await test.step('who signs in with the first password and sees the change in review', async () => {
		const lin = await (await browser.newContext({ baseURL: app.baseURL, locale: 'en-GB' })).newPage();
		await lin.goto('/sign-in?to=/changes/1');
		await lin.getByLabel('E-mail').fill('lin@quanlan.example');
		await lin.getByLabel('Password').fill(first);
		await lin.getByRole('button', { name: 'Sign in' }).click();
		await expect(lin).toHaveURL(/\/changes\/1$/);
		await expect(lin.getByText('In review', { exact: true }).first()).toBeVisible();
		await expect(lin.getByText('In use here', { exact: true })).toBeHidden();
		await lin.context().close();
	});
});
