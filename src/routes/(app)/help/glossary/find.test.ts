import { describe, expect, it } from 'vitest';
import glossary from '#lib/starter/glossary.json';
import { findTerms, type Entry } from './find.ts';

const entries: Entry[] = glossary;
const keys = (asked: string) => findTerms(entries, asked).map(({ key }) => key);

describe('the search in the glossary', () => {
	it('finds a term in any of the three languages', () => {
		expect(keys('rule version')).toContain('rule-version');
		expect(keys('规则版本')).toContain('rule-version');
		expect(keys('phiên bản quy định')).toContain('rule-version');
	});

	it('finds Vietnamese typed without its marks, and looks into meanings too', () => {
		expect(keys('QUY DINH')).toContain('rule');
		expect(keys('guides practice')).toContain('official-letter');
	});

	it('shows all where nothing is asked, and none where nothing is found', () => {
		expect(findTerms(entries, '  ')).toHaveLength(97);
		expect(keys('zzz')).toEqual([]);
	});
});
