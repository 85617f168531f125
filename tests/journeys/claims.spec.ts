import type { Locator, Page } from '@playwright/test';
import en from '../../src/lib/words/en.json' with { type: 'json' };
import vi from '../../src/lib/words/vi.json' with { type: 'json' };
import zh from '../../src/lib/words/zh-CN.json' with { type: 'json' };
import { locales, wordsFor, type MessageKey, type Words } from '../../src/lib/words/words.ts';
import { tabNames } from '../../src/routes/(app)/changes/[id]/tabs.ts';
import { as } from './support/people.ts';
import { expect, test } from './support/server.ts';

const catalogs = { en, vi, 'zh-CN': zh };
const instruments = Object.keys(en).filter((key) => key.startsWith('instrument_state.'));

/** Every word by which a claim could look better founded than it is. */
function betterWords(words: Words): string[] {
	const official = instruments.map((key) =>
		words.t('certainty.official', { state: words.t(key as MessageKey) })
	);
	return [words.t('certainty.corroborated'), ...official];
}

/** What stands on the page as a tag or a state, each once. */
async function tags(within: Locator): Promise<Set<string>> {
	const texts = await within.locator('.state, .tag').allTextContents();
	return new Set(texts.map((text) => text.trim().replace(/\s+/g, ' ')));
}

async function certainties(page: Page): Promise<string[]> {
	return page
		.locator('.certainty .state, .standing .state')
		.evaluateAll((shown) => [...new Set(shown.map((one) => one.textContent.trim()))]);
}

test('no claim of the starter pack looks official or confirmed, in any language', async ({
	app,
	browser
}) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	for (const locale of locales) {
		const words = wordsFor(locale, catalogs[locale], 'Asia/Ho_Chi_Minh');
		const reported = words.t('certainty.uncorroborated');
		let seen = 0;
		for (const path of [...tabNames.map((tab) => `/changes/1?tab=${tab}`), '/rules', '/rules/1']) {
			await lin.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${locale}`);
			const shown = await tags(lin.getByRole('main'));
			for (const word of betterWords(words)) expect(shown, `${path} ${locale}`).not.toContain(word);
			for (const tag of shown)
				expect(tag, `${path} ${locale}`).not.toMatch(
					/^(official|confirmed|已证实|官方文本|đã xác nhận|văn bản chính thức)/i
				);
			const held = await certainties(lin);
			for (const word of held) expect(word, `${path} ${locale}`).toBe(reported);
			seen += held.length;
		}
		expect(seen, `certainties in ${locale}`).toBeGreaterThan(0);
	}
});

test('the API holds every claim of the starter pack as uncorroborated', async ({ app, browser }) => {
	const lin = await as(browser, 'compliance', app.baseURL);
	const { items } = await (await lin.request.get('/api/v1/changes/1/claims')).json();
	expect(items).toHaveLength(26);
	const held = new Set(items.map((claim: { certainty: string }) => claim.certainty));
	expect([...held]).toEqual(['uncorroborated']);
});
