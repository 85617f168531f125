// `npm run bench`: what the product takes on the embedded database with 1,000 orders, beside a limit program on a copy of
// the same folder in the same run. Ratios hold on a noisy machine, times do not. Exit code 1 when a figure is over.
import { cpus } from 'node:os';
import path from 'node:path';
import { hasBrowser } from '../support/browser.ts';
import { clientOf, expected, type Client } from './client.ts';
import { ratesOf, sideBySide, timesOf } from './measure.ts';
import { startLimit, startProduct, type Running } from './processes.ts';
import { print, type Figure } from './table.ts';
import { scriptBytes } from './scripts.ts';
import { orderCount, prepare, root, type Prepared } from './workspace.ts';

/** The product may take this many times what the limit program takes. */
const timesLimit = 10;
const scriptLimit = 100 * 1024;

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

// A script for Node 20, hence without types.
const { ensureBuilt } = (await import(path.join(root, 'scripts/build.mjs'))) as {
	ensureBuilt(): Promise<void>;
};
await ensureBuilt();
console.log(`Preparing a demo workspace with ${orderCount} more orders ...`);
const prepared = await prepare();
try {
	const figures = [
		...queryFigures(prepared),
		...(await pageFigures(prepared)),
		...(await startFigures(prepared))
	];
	print(`Embedded database, ${orderCount} orders, ${cpus().length} cores`, figures);
	process.exitCode = figures.some(({ over }) => over) ? 1 : 0;
} finally {
	prepared.remove();
}

function queryFigures({ queries: { few, many } }: Prepared): Figure[] {
	return (['frame', 'list', 'order', 'overview'] as const).map((page) => ({
		name: `queries, ${page === 'frame' ? 'frame of every page' : page}`,
		product: String(many[page]),
		limit: `${few[page]} with 6 orders`,
		bar: 'no more',
		over: many[page] > few[page]
	}));
}

async function pageFigures(folders: Prepared): Promise<Figure[]> {
	console.log('Measuring pages, in turns with the limit program ...');
	const product = await startProduct(folders.product);
	const limit = await startLimit(folders.limit);
	try {
		const client = clientOf(product.port);
		await signIn(client);
		const figures = await timeFigures(client, clientOf(limit.port), folders.order);
		return [...figures, ...(await scriptFigures(product.port, folders.order))];
	} finally {
		await limit.stop();
		await product.stop();
	}
}

async function signIn(client: Client): Promise<void> {
	const answer = await client.post('/sign-in?/demo', { email: 'compliance@demo.example', to: '/' });
	if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}`);
}

async function timeFigures(product: Client, limit: Client, order: string): Promise<Figure[]> {
	const deep = await deepPage(product);
	const compared: [string, string][] = [
		['order list, first page', '/orders'],
		['order list, 15th page', deep],
		['order list, search', '/orders?q=buyer+4'],
		['order, three lines', `/orders/${order}`]
	];
	const figures: Figure[] = [];
	for (const [name, address] of compared) {
		const [ours, theirs] = await sideBySide([
			{ client: product, address },
			{ client: limit, address }
		]);
		const ratio = ours!.median / theirs!.median;
		figures.push({
			...{ name, product: `${ms(ours!.median)}, p95 ${ms(ours!.p95)}`, limit: ms(theirs!.median), ratio },
			...{ bar: `${timesLimit}x`, over: ratio > timesLimit }
		});
	}
	const rates = await ratesOf([product, limit].map((client) => ({ client, address: '/orders' })));
	const ratio = rates[1]! / rates[0]!;
	figures.push({
		...{
			name: 'order list, 16 clients',
			product: `${rates[0]!.toFixed(0)}/s`,
			limit: `${rates[1]!.toFixed(0)}/s`
		},
		...{ ratio, bar: `${timesLimit}x`, over: ratio > timesLimit }
	});
	const [overview] = await sideBySide([{ client: product, address: '/overview' }]);
	figures.push({
		name: 'overview',
		product: `${ms(overview!.median)}, p95 ${ms(overview!.p95)}`,
		over: false
	});
	return figures;
}

/** Follows the list's own link to the next page. */
async function deepPage(client: Client): Promise<string> {
	let address = '/orders';
	for (let page = 1; page < 15; page += 1) {
		const html = expected(await client.get(address), address);
		const [, next] = /href="(\/orders\?[^"]*after=[^"]*)"/.exec(html) ?? [];
		if (!next) throw new Error(`${address} has no link to a next page`);
		address = next.replaceAll('&amp;', '&');
	}
	return address;
}

async function scriptFigures(port: number, order: string): Promise<Figure[]> {
	if (!hasBrowser())
		return [{ name: 'JavaScript of a page', product: 'not measured: no browser', over: false }];
	console.log('Measuring JavaScript in a browser ...');
	const addresses = ['/sign-in', '/', '/orders', `/orders/${order}`, '/overview', '/work', '/inbox'];
	const bytes = await scriptBytes(port, [...addresses, '/changes/1', '/rules']);
	return [...bytes].map(([address, size]) => ({
		name: `JavaScript, ${address}`,
		product: `${(size / 1024).toFixed(1)} KB`,
		bar: '100 KB',
		over: size > scriptLimit
	}));
}

async function startFigures({ folder }: Prepared): Promise<Figure[]> {
	console.log('Measuring starts ...');
	const first: Running[] = [];
	const later: Running[] = [];
	for (let run = 0; run < 3; run += 1) {
		for (const starts of [first, later]) {
			const running = await startProduct(folder(`start-${run}`));
			starts.push(running);
			await running.stop();
		}
	}
	return [startFigure('first start, demo made', first, 3_000), startFigure('later start', later, 2_000)];
}

function startFigure(name: string, starts: Running[], bar: number): Figure {
	const { median } = timesOf(starts.map(({ readyMs }) => readyMs));
	const cpu = timesOf(starts.map(({ cpuMs }) => cpuMs ?? 0)).median;
	return { name, product: `${ms(median)} (${ms(cpu)} of a core)`, bar: ms(bar), over: median > bar };
}
