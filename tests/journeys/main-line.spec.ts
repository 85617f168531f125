import type { Page } from '@playwright/test';
import { expect, test } from './support/feeds.ts';
import { as } from './support/people.ts';

const quote =
	'the pilot will also apply to electronic components entering through Da Nang from 1 December 2026';

async function addFeed(page: Page, name: string, url: string) {
	await page.goto('/sources/new');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Address of the feed').fill(url);
	await page.getByRole('radio', { name: /Press or vendor/ }).check();
	await page.getByRole('button', { name: 'Add a source' }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	await page.getByRole('button', { name: 'Poll now' }).click();
}

test(
	'from a sentence in a feed to a ready order and back',
	{ tag: '@postgres' },
	async ({ app, browser, feeds }) => {
		test.setTimeout(180_000);
		const lin = await as(browser, 'compliance', app.baseURL);

		await test.step('the sources are heard: UTF-8, GB18030 and a gazette without titles', async () => {
			await addFeed(lin, 'Trade desk feed', feeds.url('/trade-desk.xml'));
			await expect(
				lin.getByRole('link', { name: '[DEMO] Da Nang added to the traceability pilot' })
			).toBeVisible();
			await addFeed(lin, 'Trade notices feed', feeds.url('/mofcom.xml'));
			await expect(lin.getByRole('link', { name: '【演示】关于越南绿色溯源试点的贸易提示' })).toBeVisible();
			await addFeed(lin, 'Gazette feed', feeds.url('/gazette.xml'));
			await expect(lin.getByRole('link', { name: /Quyết định về danh mục linh kiện/ })).toBeVisible();
		});

		await test.step('the item becomes a port change with a quoted claim', async () => {
			await lin.goto('/inbox');
			await lin.getByRole('link', { name: /Da Nang added to the traceability pilot/ }).click();
			await expect(
				lin.getByRole('heading', { name: /Da Nang added to the traceability pilot/ })
			).toBeVisible();
			await lin.getByRole('link', { name: 'Start a change from this' }).click();
			await lin.getByRole('radio', { name: /^Port/ }).check();
			await lin.getByLabel('Title').fill('Da Nang added to the pilot');
			await lin.getByRole('button', { name: 'Create draft' }).click();
			await expect(lin.getByRole('heading', { name: 'Da Nang added to the pilot' })).toBeVisible();

			await lin.getByRole('link', { name: /^Claims/ }).click();
			await lin.getByLabel('Exact quote').fill(quote);
			await lin
				.getByLabel('In a sentence of our own')
				.fill('Da Nang joins the reported pilot on 1 December.');
			await lin.getByLabel('Subject').fill('pilot');
			await lin.getByLabel('What is said of it').fill('scope.places');
			await lin.getByLabel('Value').fill('Da Nang');
			await lin.getByRole('button', { name: 'Add a claim' }).click();
			await expect(lin.getByRole('strong').filter({ hasText: 'C27' })).toBeVisible();
			await expect(lin.getByText('Reported', { exact: true }).first()).toBeVisible();
		});

		await test.step('the preview names DEMO-VN-003 and no other order, then it is used here', async () => {
			await lin.getByRole('link', { name: /^What it does to the rule/ }).click();
			await lin.getByLabel('Which place?').selectOption('VNDAD');
			const from = lin.getByRole('group', { name: 'From' });
			await from.getByRole('radio', { name: 'a day:' }).check();
			await from.locator('input[type=date]').fill('2026-12-01');
			await lin
				.getByRole('group', { name: 'Until' })
				.getByRole('radio', { name: 'no end is assumed' })
				.check();
			await lin.getByRole('checkbox', { name: /C27/ }).check();
			await lin.getByRole('button', { name: 'Add a part' }).click();
			await expect(lin.getByText('The part is there.')).toBeVisible();
			await lin.getByRole('button', { name: 'Submit for review' }).click();
			await lin.getByRole('link', { name: /^Impact/ }).click();
			const orders = lin.getByRole('link', { name: /^DEMO-VN-/ });
			await expect(orders).toHaveText(['DEMO-VN-003']);
			await expect(lin.getByText('5,670.00–5,813.25 USD').first()).toBeVisible();
			await lin.getByRole('button', { name: 'Use here' }).click();
			await expect(lin.getByText('In use here').first()).toBeVisible();
		});

		const third = '/orders/DEMO-VN-003';
		await test.step('the order has its checklist: 23 items, 9 of them mandatory, its money open', async () => {
			await lin.goto(third);
			await expect(lin.getByText('5,670.00–5,813.25 USD').first()).toBeVisible();
			const items = await checklist(lin, third);
			expect(items).toHaveLength(23);
			expect(items.filter((item) => item.mandatory)).toHaveLength(9);
			expect(await bucketOf(lin, third)).toBe('open');
		});

		await test.step('documentation prepares with a file and a link; whoever prepared cannot accept', async () => {
			const xu = await as(browser, 'documentation', app.baseURL);
			await openItem(xu, third, 'D2');
			await xu.getByLabel('File', { exact: true }).setInputFiles({
				name: 'LPV-2026-0203.pdf',
				mimeType: 'application/pdf',
				buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')
			});
			await xu.getByLabel(/^Link/).fill('https://verify.lantern-peak.example/s/LPV-2026-0203');
			await xu.getByRole('button', { name: 'Done' }).click();
			await expect(xu.getByText(/It waits for another person to accept it/)).toBeVisible();
			await expect(xu.getByRole('button', { name: 'Accept', exact: true })).toBeDisabled();
			await expect(xu.getByText(/Another person has to accept it|of another team/).first()).toBeVisible();
		});

		await test.step('compliance accepts, and every order of the product shows it', async () => {
			await openItem(lin, third, 'D2');
			await lin.getByRole('button', { name: 'Accept', exact: true }).click();
			await expect(lin.getByText('Accepted, with your name.')).toBeVisible();
			const other = await checklist(lin, '/orders/DEMO-VN-006');
			expect(other.find((item) => item.key === 'D2' && item.product === 'QL-SN-P10')!.state).toBe('accepted');
			await lin.goto('/orders/DEMO-VN-006');
			await expect(lin.getByText(/carried from DEMO-VN-003/i).first()).toBeVisible();
		});

		await test.step('the last material moves the bucket to prepared; ready only with S1, K2 and D4', async () => {
			await finish(await as(browser, 'website', app.baseURL), third, 'W2');
			expect(await bucketOf(lin, third)).toBe('prepared');
			expect(await readinessOf(lin, third)).toBe('not_ready');
			await finish(await as(browser, 'documentation', app.baseURL), third, 'D4');
			await finish(await as(browser, 'customs', app.baseURL), third, 'K2');
			await finish(await as(browser, 'sales', app.baseURL), third, 'S1');
			expect(await readinessOf(lin, third)).toBe('ready');
			const luo = await as(browser, 'management', app.baseURL);
			await luo.goto('/overview');
			await expect(luo.getByRole('heading', { name: /2 of 6 orders ready/ })).toBeVisible();
		});

		await test.step('the activity shows every deed', async () => {
			await lin.goto('/activity');
			for (const deed of [/Da Nang added to the pilot/, /ISO 14067/, /Xu Qianru/]) {
				await expect(lin.getByRole('listitem').filter({ hasText: deed }).first()).toBeVisible();
			}
		});

		await test.step('withdrawing restores the scope', async () => {
			await lin.goto('/changes');
			await lin
				.getByRole('link', { name: /Da Nang added to the pilot/ })
				.first()
				.click();
			await lin.getByRole('link', { name: /^Impact/ }).click();
			await lin.getByLabel('Why is it withdrawn?').fill('The circular was taken back.');
			await lin.getByRole('button', { name: 'Withdraw', exact: true }).click();
			await expect(lin.getByText('Withdrawn').first()).toBeVisible();
			expect(await readinessOf(lin, third)).toBe('not_asked');
		});
	}
);

interface ListedItem {
	id: number;
	key: string;
	product: string | null;
	state: string;
	mandatory: boolean;
}

/** The order's checklist as the API gives it to the same signed-in person. */
async function checklist(page: Page, order: string): Promise<ListedItem[]> {
	const answer = await (await page.request.get(`/api/v1${order}/checklist`)).json();
	return answer.items.filter((item: { noLongerAsked: boolean }) => !item.noLongerAsked);
}

async function readinessOf(page: Page, order: string): Promise<string> {
	return (await (await page.request.get(`/api/v1${order}`)).json()).judgement.readiness;
}

async function bucketOf(page: Page, order: string): Promise<string> {
	return (await (await page.request.get(`/api/v1${order}`)).json()).lines[0].bucket;
}

async function openItem(page: Page, order: string, key: string): Promise<void> {
	const items = await checklist(page, order);
	await page.goto(`${order}/items/${items.find((item) => item.key === key)!.id}`);
	await expect(page.getByRole('heading', { name: 'What good looks like' })).toBeVisible();
	// Where something that would do is here already, a new proof is folded away.
	const fold = page.getByText('Or attach something new');
	if (await fold.isVisible()) await fold.click();
}

/** Prepares an item that needs no second person. */
async function finish(page: Page, order: string, key: string): Promise<void> {
	await openItem(page, order, key);
	await page.getByLabel(/^Link/).fill('https://www.quanlan-demo.example/done');
	await page.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText(/^Done\./)).toBeVisible();
}
