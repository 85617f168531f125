import { chromium, type BrowserContext } from '@playwright/test';
import { systemBrowser } from '../support/browser.ts';

/** Bytes of JavaScript a browser with an empty cache transfers for a page, compressed as the server sends them. */
export async function scriptBytes(port: number, addresses: string[]): Promise<Map<string, number>> {
	const browser = await chromium.launch({ executablePath: systemBrowser() });
	const bytes = new Map<string, number>();
	try {
		const baseURL = `http://127.0.0.1:${port}`;
		const signedIn = await browser.newContext({ baseURL });
		const page = await signedIn.newPage();
		await page.goto('/sign-in');
		await page.evaluate(async () => {
			const body = new URLSearchParams({ email: 'compliance@demo.example', to: '/' });
			await fetch('/sign-in?/demo', { method: 'POST', body });
		});
		const storageState = await signedIn.storageState();
		await signedIn.close();
		for (const address of addresses) {
			const known = address === '/sign-in' ? {} : { storageState };
			// A context of its own has a cache of its own.
			const context = await browser.newContext({ baseURL, ...known });
			bytes.set(address, await transferred(context, address));
			await context.close();
		}
	} finally {
		await browser.close();
	}
	return bytes;
}

async function transferred(context: BrowserContext, address: string): Promise<number> {
	const page = await context.newPage();
	const sizes: Promise<number>[] = [];
	page.on('requestfinished', (request) => {
		if (!new URL(request.url()).pathname.endsWith('.js')) return;
		sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
	});
	await page.goto(address, { waitUntil: 'networkidle' });
	if (new URL(page.url()).pathname !== address) throw new Error(`${address} led to ${page.url()}`);
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
