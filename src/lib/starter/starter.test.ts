import { describe, expect, it } from 'vitest';
import answerers from './answerers.json';
import areas from './areas.json';
import article from './article.json';
import categories from './categories.json';
import claims from './claims.json';
import glossary from './glossary.json';
import places from './places.json';
import playbook from './playbook.json';
import questions from './questions.json';
import sources from './sources.json';
import teams from './teams.json';

interface Text {
	en: string;
	'zh-CN': string;
	vi: string;
}

const files = {
	answerers,
	areas,
	article,
	categories,
	claims,
	glossary,
	places,
	playbook,
	questions,
	sources,
	teams
};
const statements = [
	'reported_as_confirmed',
	'reported',
	'analysis',
	'explicitly_unknown',
	'recommendation',
	'disclaimer'
];
const forbidden = /compliant|certified for|approved by|exempt|in force/i;
const languages = ['en', 'zh-CN', 'vi'] as const;
const han = /\p{Script=Han}/u;

const isText = (value: object): value is Text => languages.some((language) => language in value);

const isTranslated = (text: Text) =>
	Object.keys(text).length === 3 &&
	languages.every((language) => /\S/.test(text[language] ?? '')) &&
	text['zh-CN'] !== text.en &&
	text.vi !== text.en &&
	han.test(text['zh-CN']) &&
	!han.test(text.en + text.vi);

/** Every localized text below a value, with the path that leads to it. */
function textsOf(value: unknown, path: string): [string, Text][] {
	if (typeof value !== 'object' || value === null) return [];
	if (isText(value)) return [[path, value]];
	return Object.entries(value).flatMap(([key, child]) => textsOf(child, `${path}.${key}`));
}

const texts = textsOf(files, 'starter');
const keysOf = (rows: { key: string }[]) => new Set(rows.map((row) => row.key));

/** The C.. and Q.. keys that a text mentions. */
const cited = (text: string) => text.match(/(?<![\p{L}\d])[CQ]\d\d(?!\d)/gu) ?? [];

describe('the starter pack', () => {
	it('is whole', () => {
		expect(
			Object.fromEntries(Object.entries(files).map(([name, file]) => [name, [file].flat().length]))
		).toEqual({
			answerers: 14,
			areas: 10,
			article: 1,
			categories: 15,
			claims: 26,
			glossary: 97,
			places: 17,
			playbook: 26,
			questions: 20,
			sources: 24,
			teams: 5
		});
	});

	it('names nothing twice', () => {
		for (const rows of [claims, questions, playbook, places, sources, glossary, teams, answerers, areas])
			expect(keysOf(rows).size).toBe(rows.length);
		expect(new Set(categories.map((category) => category.code)).size).toBe(categories.length);
	});

	it('is written in three languages', () => {
		expect(texts.length).toBeGreaterThan(500);
		expect(texts.filter(([, text]) => !isTranslated(text)).map(([path]) => path)).toEqual([]);
	});

	it('carries the same citations into each language', () => {
		const differs = ([, text]: [string, Text]) =>
			languages.some((language) => String(cited(text[language]).sort()) !== String(cited(text.en).sort()));
		expect(texts.filter(differs).map(([path]) => path)).toEqual([]);
	});

	it('has every text that a person reads as a text in three languages', () => {
		const read = [
			...claims.map((claim) => claim.paraphrase),
			...questions.flatMap((question) => [question.text, question.assumption]),
			...playbook.flatMap((item) => [item.title, item.guidance, item.example, item.evidenceLabel]),
			...playbook.flatMap((item) => [...item.acceptance, ...item.failsWhen]),
			...sources.map((source) => source.note),
			...glossary.flatMap((entry) => [entry.term, entry.meaning])
		];
		expect(read.filter((text) => !isText(text))).toEqual([]);
	});

	it('never says that goods satisfy the rule or that the rule is law', () => {
		expect(JSON.stringify(files).match(forbidden)).toBeNull();
	});

	it('cites only claims and questions that exist', () => {
		const known = new Set([...keysOf(claims), ...keysOf(questions)]);
		const mentioned = [
			...playbook.flatMap((item) => item.claims),
			...texts.flatMap(([, text]) => cited(text.en))
		];
		expect(mentioned.length).toBeGreaterThan(40);
		expect(mentioned.filter((key) => !known.has(key))).toEqual([]);
	});

	it('refers only to teams, answerers, areas and places that exist', () => {
		const missing = (wanted: string[], rows: { key: string }[]) =>
			wanted.filter((key) => !keysOf(rows).has(key));
		const asked = [
			...claims.flatMap((claim) => claim.confirmableBy),
			...questions.flatMap((q) => q.answerableBy)
		];
		expect(missing(asked, answerers)).toEqual([]);
		expect(
			missing(
				questions.flatMap((question) => question.affects),
				areas
			)
		).toEqual([]);
		expect(
			missing(
				playbook.map((item) => item.team),
				teams
			)
		).toEqual([]);
		expect(
			missing(
				places.flatMap((place) => place.parent ?? []),
				places
			)
		).toEqual([]);
	});
});

describe('the claims', () => {
	it('say how the source puts them, in the six words', () => {
		expect(claims.filter((claim) => !statements.includes(claim.statement))).toEqual([]);
		expect(new Set(claims.map((claim) => claim.statement)).size).toBe(6);
	});

	it('read as a report, alone too', () => {
		for (const { paraphrase } of claims) {
			expect(paraphrase.en).toMatch(/^The article says/);
			expect(paraphrase['zh-CN']).toMatch(/^文章/);
			expect(paraphrase.vi).toMatch(/^Bài viết/);
		}
	});

	it('come from a secondary source', () => expect(article.tier).toBe(3));
});

describe('the open questions', () => {
	it('are looked at again between December 2026 and February 2027', () => {
		for (const { reviewOn } of questions)
			expect(reviewOn >= '2026-12-01' && reviewOn <= '2027-02-28').toBe(true);
	});
});

describe('the playbook', () => {
	it('asks 23 items of an order, 9 of them mandatory', () => {
		const ofOrders = playbook.filter((item) => item.covers !== 'measure');
		expect(ofOrders).toHaveLength(23);
		const mandatory = ofOrders.filter((item) => item.mandatory).map((item) => item.key);
		expect(mandatory).toEqual(['S1', 'D1', 'D2', 'D3', 'D4', 'K2', 'W1', 'W2', 'W3']);
	});

	it('serves each condition with two items and asks a second person for D1 to D3 only', () => {
		const serving = (condition: string) =>
			playbook.filter((item) => item.condition === condition).map((item) => item.key);
		expect(serving('footprint')).toEqual(['D1', 'W1']);
		expect(serving('statement')).toEqual(['D2', 'W2']);
		expect(serving('origin_map')).toEqual(['D3', 'W3']);
		expect(playbook.filter((item) => item.secondPerson).map((item) => item.key)).toEqual(['D1', 'D2', 'D3']);
		expect(playbook.filter((item) => item.renewOnVersion).map((item) => item.key)).toEqual(['K2']);
	});

	it('says of every item what is accepted and what is sent back', () => {
		for (const item of playbook) {
			expect(item.acceptance.length).toBeGreaterThan(0);
			expect(item.failsWhen.length).toBeGreaterThan(0);
		}
	});
});

describe('the sources', () => {
	it('are all off and have a tier and a kind', () => {
		expect(sources.filter((source) => source.enabled)).toEqual([]);
		for (const source of sources) {
			expect([1, 2, 3, 4]).toContain(source.tier);
			expect(['feed', 'page', 'register', 'manual']).toContain(source.kind);
			if (source.kind === 'feed') expect(source.url).toMatch(/^https:/);
		}
	});
});
