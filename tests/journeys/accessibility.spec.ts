import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { as } from './support/people.ts';
import { expect, test } from './support/server.ts';

// Each has a server of its own, so that two of them run at once.
test.describe.configure({ mode: 'parallel' });
// A trace would keep every page once for each look at it, and take longer than the looking.
test.use({ trace: 'off' });

const languages = ['en', 'zh-CN', 'vi'] as const;
/** What a finding needs to be mended: the rule and the elements. */
async function findings(page: Page): Promise<string[]> {
	// Without frames there is nothing for axe to gather in a second page.
	const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
	const { violations } = await axe.analyze();
	return violations.map(
		({ id, nodes }) =>
			`${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`
	);
}

function inLanguage(path: string, language: string): string {
	return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}

/** Every page in every language, light and dark; all findings together, so that one run shows them all. */
async function examine(page: Page, paths: string[]): Promise<void> {
	const found: string[] = [];
	for (const [position, path] of paths.entries()) {
		for (const language of languages) {
			await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
			await page.goto(inLanguage(path, language));
			for (const finding of await findings(page)) found.push(`${path} ${language} light: ${finding}`);
			await darken(page);
			for (const finding of await findings(page)) found.push(`${path} ${language} dark: ${finding}`);
			if (languages[position % languages.length] !== language) continue;
			const tooWide = await widthBeyondPhone(page);
			if (tooWide > 0) found.push(`${path} ${language}: ${tooWide} px wider than 360 px`);
		}
	}
	expect(found).toEqual([]);
}

/** Dark, and painted so: a look in between finds the colours of both themes. */
async function darken(page: Page): Promise<void> {
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await page.evaluate(
		() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
	);
}

async function widthBeyondPhone(page: Page): Promise<number> {
	const desk = page.viewportSize()!;
	await page.setViewportSize({ width: 360, height: 740 });
	const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	await page.setViewportSize(desk);
	return beyond;
}

async function firstIdOf(page: Page, list: string): Promise<string> {
	const { items } = await (await page.request.get(`/api/v1/${list}`)).json();
	return String(items[0].id);
}

test('orders can be read by everyone', async ({ app, browser }) => {
	test.setTimeout(240_000);
	const lin = await as(browser, 'compliance', app.baseURL);
	const item = await firstIdOf(lin, 'orders/DEMO-VN-004/checklist');
	await examine(lin, [
		'/orders',
		'/orders/DEMO-VN-004',
		'/orders/DEMO-VN-004/edit',
		`/orders/DEMO-VN-004/items/${item}`,
		'/orders/new',
		'/orders/DEMO-VN-999',
		'/',
		'/overview',
		'/work',
		`/work/${item}`
	]);
});

test('proofs, products and what is heard can be read by everyone', async ({ app, browser }) => {
	test.setTimeout(240_000);
	const lin = await as(browser, 'compliance', app.baseURL);
	await examine(lin, [
		'/evidence',
		`/evidence/${await firstIdOf(lin, 'evidence')}`,
		'/products',
		'/products/QL-SN-P10',
		'/products/QL-SN-P10/edit',
		'/products/new',
		'/inbox',
		`/inbox?item=${await firstIdOf(lin, 'items')}`,
		'/inbox/new',
		'/sources',
		'/sources/new',
		`/sources/${await firstIdOf(lin, 'sources')}`
	]);
});

test('what is judged can be read by everyone', async ({ app, browser }) => {
	test.setTimeout(240_000);
	const lin = await as(browser, 'compliance', app.baseURL);
	await examine(lin, [
		'/changes',
		'/changes/new',
		'/changes/1',
		...['rule', 'asks', 'questions', 'impact', 'talk', 'history'].map((tab) => `/changes/1?tab=${tab}`),
		'/rules',
		'/rules/1',
		'/activity'
	]);
});

test('what is set up and looked up can be read by everyone', async ({ app, browser }) => {
	test.setTimeout(240_000);
	await examine(await signedOut(browser, app.baseURL), ['/sign-in', '/nowhere']);
	const admin = await as(browser, 'admin', app.baseURL);
	await examine(admin, [
		'/settings',
		'/settings/account',
		'/settings/people',
		`/settings/people/${await firstPerson(admin)}`,
		'/settings/teams',
		'/help',
		'/help/glossary',
		'/help/api'
	]);
	const xu = await as(browser, 'documentation', app.baseURL);
	await examine(xu, ['/inbox']);
});

async function signedOut(browser: Browser, baseURL: string): Promise<Page> {
	return (await browser.newContext({ baseURL })).newPage();
}

async function firstPerson(page: Page): Promise<string> {
	await page.goto('/settings/people');
	const addresses = await page
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
	return addresses.map((address) => /^\/settings\/people\/(\d+)/.exec(address ?? '')?.[1]).find(Boolean)!;
}
