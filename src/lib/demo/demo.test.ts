import { describe, expect, it } from 'vitest';
import categories from '#lib/starter/categories.json';
import places from '#lib/starter/places.json';
import playbook from '#lib/starter/playbook.json';
import teams from '#lib/starter/teams.json';
import cast from './cast.json';
import feedItems from './feed-items.json';
import fx from './fx.json';
import orders from './orders.json';
import products from './products.json';

const skus = new Set(products.map((product) => product.sku));
const items = new Set(playbook.map((item) => item.key));

describe('the demo workspace', () => {
	it('has six orders, six products, thirteen feed items, nine people and a rate', () => {
		expect([orders, products, feedItems, cast, fx].map((rows) => rows.length)).toEqual([6, 6, 13, 9, 1]);
	});

	it('says that its companies and feed items are invented', () => {
		for (const order of orders) expect(order.buyer).toContain('(fictional)');
		for (const item of feedItems) {
			expect(item.source).toMatch(/^demo-/);
			if (!item.link.startsWith('javascript:')) expect(new URL(item.link).hostname).toMatch(/\.example$/);
		}
	});

	it('orders only what and where the workspace knows', () => {
		for (const order of orders) {
			expect(places.map((place) => place.key)).toContain(order.place);
			for (const line of order.lines) expect(skus).toContain(line.sku);
			for (const key of Object.keys(order.items)) expect(items).toContain(key);
		}
		for (const product of products) {
			expect(categories.map((category) => category.code)).toContain(product.category);
			for (const key of Object.keys(product.itemStates)) expect(items).toContain(key);
		}
	});

	it('adds up: the lines of an order are worth its FOB value', () => {
		const cents = (amount: string) => Math.round(Number(amount) * 100);
		for (const order of orders) {
			const sum = order.lines.reduce((total, line) => total + cents(line.unitPrice) * line.quantity, 0);
			expect(sum).toBe(cents(order.fob));
		}
	});

	it('dates a confirmed order and an order in production', () => {
		for (const { stage, confirmedOn, productionOn } of orders) {
			expect(confirmedOn).toBe(stage === 'quotation' ? null : '2026-11-10');
			expect(productionOn).toBe(stage === 'production' ? '2026-11-16' : null);
		}
	});

	it('casts people into teams that exist', () => {
		const member = cast.flatMap((person) => person.teams.map((membership) => membership.team));
		expect(member.filter((team) => !teams.some(({ key }) => key === team))).toEqual([]);
		for (const person of cast) expect(person.roles.length + person.teams.length).toBeGreaterThan(0);
	});
});
