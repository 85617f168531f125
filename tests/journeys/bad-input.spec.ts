import type { Page } from '@playwright/test';
import { expect, test as base } from './support/feeds.ts';
import { as } from './support/people.ts';

/** Nothing ever listens on this one, and it may be asked. */
const deadHost = '127.0.0.1:1';

const test = base.extend({
	serverEnv: ({ feeds }, use) => use({ OUTBOUND_ALLOW: `${feeds.host},${deadHost}`, UPLOAD_LIMIT_MB: '1' })
});

async function fillSource(page: Page, name: string, url: string): Promise<void> {
	await page.goto('/sources/new');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Address of the feed').fill(url);
	await page.getByRole('radio', { name: /Press or vendor/ }).check();
	await page.getByRole('button', { name: 'Add a source' }).click();
}

/** Adds it and waits for what its first poll came to. */
async function expectTrouble(page: Page, name: string, url: string, reason: RegExp): Promise<void> {
	await fillSource(page, name, url);
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	await page.getByRole('button', { name: 'Poll now' }).click();
	const standing = page.getByRole('main').getByRole('status');
	await expect(standing.getByText('Cannot be read')).toBeVisible({ timeout: 20_000 });
	await expect(standing.getByText(reason)).toBeVisible();
	await expect(page.getByText('Nothing was read in it yet.')).toBeVisible();
}

/** How long the slowest of ten looks at a page took, in milliseconds. */
async function slowestLook(page: Page, path: string): Promise<number> {
	let slowest = 0;
	for (let look = 0; look < 10; look++) {
		const begun = performance.now();
		expect((await page.request.get(path)).status()).toBe(200);
		slowest = Math.max(slowest, performance.now() - begun);
	}
	return slowest;
}

test('a feed that cannot be read says why on its page, and harms nothing else', async ({
	app,
	browser,
	feeds
}) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	const before = await (await lin.request.get('/api/v1/items?limit=100')).json();

	await expectTrouble(lin, 'Broken feed', feeds.url('/broken.xml'), /The feed is damaged/);
	await expectTrouble(lin, 'Dead host', `http://${deadHost}/feed.xml`, /did not accept the connection/);

	await test.step('a body of 50 MB is not taken in, while others are served', async () => {
		const other = await as(browser, 'sales', app.baseURL);
		const [slowest] = await Promise.all([
			slowestLook(other, '/orders'),
			expectTrouble(lin, 'Huge feed', feeds.url('/huge.xml'), /larger than we take in/)
		]);
		expect(slowest).toBeLessThan(3_000);
	});

	const after = await (await lin.request.get('/api/v1/items?limit=100')).json();
	expect(after.items.length).toBe(before.items.length);
});

test('a private address is refused beside its field, and what was typed stays', async ({ app, browser }) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	for (const url of [
		'http://192.168.7.7/feed.xml',
		'http://[::1]/feed.xml',
		'http://169.254.169.254/latest'
	]) {
		await fillSource(lin, 'Router at home', url);
		const field = lin.getByLabel('Address of the feed');
		await expect(field).toHaveAccessibleDescription(/inside a private network and was not contacted/);
		await expect(field).toHaveValue(url);
		await expect(lin.getByLabel('Name', { exact: true })).toHaveValue('Router at home');
		await expect(lin.getByRole('radio', { name: /Press or vendor/ })).toBeChecked();
	}
	await lin.goto('/sources');
	await expect(lin.getByRole('link', { name: 'Router at home' })).toBeHidden();
});

test('an order with wrong and missing fields says so beside each, and keeps the rest', async ({
	app,
	browser
}) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	await lin.goto('/orders/new');
	await lin.getByLabel('Order number').fill('DEMO-VN-001');
	await lin.getByLabel('Buyer').fill('Sao Mai Controls JSC (fictional)');
	await lin.getByLabel('Port of loading').fill('Shenzhen');
	await lin.getByLabel('Quantity').fill('some');
	await lin.getByLabel('Departure (ETD)').fill('2026-12-05');
	await lin.getByLabel('Arrival (ETA)').fill('2026-12-01');
	await lin.getByRole('button', { name: 'Add the order' }).click();

	await expect(lin.getByRole('alert')).toBeFocused();
	await expect(lin.getByLabel('Quantity')).toHaveAccessibleDescription(/whole number of pieces/);
	await expect(lin.getByLabel('Place of entry')).toHaveAttribute('aria-invalid', 'true');
	await expect(lin.getByLabel('Port of loading')).toHaveAccessibleDescription(/This is no UN\/LOCODE/);
	await expect(lin.getByLabel('Buyer')).toHaveValue('Sao Mai Controls JSC (fictional)');
	await expect(lin.getByLabel('Port of loading')).toHaveValue('Shenzhen');
	await expect(lin.getByLabel('Departure (ETD)')).toHaveValue('2026-12-05');
	await expect(lin).toHaveURL(/\/orders\/new/);
});

test('a change without a kind or a title says so beside both, and keeps the notes', async ({
	app,
	browser
}) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	await lin.goto('/changes/new');
	await lin.getByLabel('Notes').fill('Heard at the **fair**.');
	await lin.getByRole('button', { name: 'Create draft' }).click();
	await expect(lin.getByLabel('Title')).toHaveAccessibleDescription(/Please fill this in/);
	const kinds = lin.getByRole('group', { name: 'What kind of change is it?' });
	await expect(kinds).toHaveAccessibleDescription(/./);
	await expect(lin.getByLabel('Notes')).toHaveValue('Heard at the **fair**.');
});

test('an unknown address answers 404 with ways on', async ({ app, browser }) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	for (const path of [
		'/orders/DEMO-VN-999',
		'/changes/9999',
		'/changes/none',
		'/evidence/9999',
		'/sources/9999'
	]) {
		expect((await lin.goto(path))!.status(), path).toBe(404);
		await expect(lin.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
		const ways = lin.getByRole('navigation', { name: 'Where to go from here' });
		await expect(ways.getByRole('link', { name: 'Orders' })).toHaveAttribute('href', '/orders');
		await expect(ways.getByRole('link', { name: 'Today' })).toHaveAttribute('href', '/');
	}
	await lin.getByLabel(/Find an order/).fill('VN-004');
	await lin.getByRole('main').getByRole('button', { name: 'Search' }).click();
	await expect(lin.getByRole('link', { name: 'DEMO-VN-004' })).toBeVisible();
});

test('a file that is too large or not what it says is refused, and nothing is prepared', async ({
	app,
	browser
}) => {
	const xu = await as(browser, 'documentation', app.baseURL);
	const checklist = '/api/v1/orders/DEMO-VN-004/checklist';
	const items = async () =>
		(await (await xu.request.get(checklist)).json()).items as { id: number; key: string; state: string }[];
	const open = (await items()).find(({ key, state }) => key === 'D2' && state === 'open')!;
	const proofs = await (await xu.request.get('/api/v1/evidence?limit=100')).json();

	const send = async (name: string, buffer: Buffer) => {
		await xu.goto(`/orders/DEMO-VN-004/items/${open.id}`);
		const fold = xu.getByText('Or attach something new');
		if (await fold.isVisible()) await fold.click();
		await xu.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'application/pdf', buffer });
		await xu.getByLabel(/^Note/).fill('The statement of October');
		await xu.getByRole('button', { name: 'Done' }).click();
	};
	const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(bytes, ' ')]);

	await send('statement.pdf', pdf(2_000_000));
	await expect(xu.getByLabel('File', { exact: true })).toHaveAccessibleDescription(
		/statement\.pdf is larger than 1 MB/
	);
	await expect(xu.getByLabel(/^Note/)).toHaveValue('The statement of October');

	await send('statement.pdf', Buffer.from('<!doctype html><html><script>alert(1)</script></html>'));
	await expect(xu.getByLabel('File', { exact: true })).toHaveAccessibleDescription(
		/of a kind that is not taken/
	);
	await expect(xu.getByLabel(/^Note/)).toHaveValue('The statement of October');

	await send('film.pdf', pdf(8_000_000));
	await expect(xu.getByRole('alert').filter({ hasText: /larger than/ })).toBeVisible();

	expect((await items()).find(({ id }) => id === open.id)!.state).toBe('open');
	expect((await (await xu.request.get('/api/v1/evidence?limit=100')).json()).items.length).toBe(
		proofs.items.length
	);
});
