import { describe, expect, it } from 'vitest';
import { match, type Held, type Reading } from './matching.ts';

function reading(identity: string, words: string, about: Partial<Reading> = {}): Reading {
	const text = { title: words, titleMade: false, text: words, hash: `hash of ${words}` };
	return { identity, ...text, link: null, publishedAt: null, language: 'en', ...about };
}

function held(id: number, from: Reading): Held {
	return { ...from, id, extractor: 'text/1' };
}

const match1 = (readings: Reading[], items: Held[]) => match(readings, items, 'text/1');
const rice = reading('a', 'Rice edges up', { link: 'https://desk.example/rice' });
const port = reading('b', 'Da Nang added', { link: 'https://desk.example/da-nang' });

describe('a feed read again', () => {
	it('brings nothing when its entries are reordered or re-dated', () => {
		const later = [port, { ...rice, publishedAt: new Date('2026-11-23') }];
		expect(match1(later, [held(1, rice), held(2, port)])).toEqual({ fresh: [], edited: [], renamed: [] });
	});

	it('brings nothing when its ids change but the words stay', () => {
		const item = held(1, rice);
		const matched = match1([{ ...rice, identity: 'z' }], [item]);
		expect(matched).toEqual({ fresh: [], edited: [], renamed: [{ item, identity: 'z' }] });
	});

	it('knows an entry without an address by its words', () => {
		const note = reading('n1', 'Customs asks for the page');
		expect(match1([{ ...note, identity: 'n2' }], [held(1, note)]).fresh).toEqual([]);
		expect(match1([reading('n2', 'Customs asks for the map')], [held(1, note)]).fresh).toHaveLength(1);
	});

	it('takes an entry with a new id, its old address and title for the old one, edited', () => {
		const item = held(1, port);
		const edited = { ...port, identity: 'z', text: 'Da Nang added from May', hash: 'other' };
		expect(match1([edited], [item])).toMatchObject({ fresh: [], edited: [{ item }], renamed: [{ item }] });
	});

	it('never merges two entries because they share an address', () => {
		const home = { link: 'https://gazette.example/' };
		const first = reading('a', 'Decision', { ...home, text: 'Decision 1', hash: 'one' });
		const second = reading('b', 'Decision', { ...home, text: 'Decision 2', hash: 'two' });
		expect(match1([first, second], []).fresh).toHaveLength(2);
		const third = reading('c', 'Decision', { ...home, text: 'Decision 3', hash: 'three' });
		expect(match1([first, second, third], [held(1, first), held(2, second)]).fresh).toEqual([third]);
	});

	it('takes an entry that stands twice under two ids once', () => {
		expect(match1([rice, { ...rice, identity: 'z' }], []).fresh).toEqual([rice]);
		expect(match1([rice, { ...rice, identity: 'z' }], [held(1, rice)])).toEqual({
			fresh: [],
			edited: [],
			renamed: []
		});
	});

	it('tells an edit from a change of our own cleaning by the extractor', () => {
		expect(match([rice], [held(1, rice)], 'text/2').edited).toHaveLength(1);
		expect(match1([{ ...rice, hash: 'other' }], [held(1, rice)]).edited).toHaveLength(1);
	});
});
