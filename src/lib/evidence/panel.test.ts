import { describe, expect, it } from 'vitest';
import { sentencesOf } from './panel.ts';
import { lastDay, validityOn } from './validity.ts';

describe('guidance as lines', () => {
	it('takes one sentence a line, in each language', () => {
		expect(sentencesOf('File the statement. Keep its link! Read it.')).toEqual([
			'File the statement.',
			'Keep its link!',
			'Read it.'
		]);
		expect(sentencesOf('归档声明。保存链接。')).toEqual(['归档声明。', '保存链接。']);
	});

	it('leaves numbers and addresses whole', () => {
		expect(sentencesOf('The value is 2.96 kg, see example.com/a. Then file it.')).toEqual([
			'The value is 2.96 kg, see example.com/a.',
			'Then file it.'
		]);
	});

	it('keeps a text without a full stop', () => {
		expect(sentencesOf('no stop')).toEqual(['no stop']);
		expect(sentencesOf('')).toEqual([]);
	});
});

describe('how evidence stands', () => {
	const until = (validUntil: string | null) => ({ validFrom: null, validUntil });

	it('tells what has expired from what ends before it is needed', () => {
		expect(validityOn(until('2026-11-22'), '2026-11-23', '2026-12-11')).toBe('expired');
		expect(validityOn(until('2026-12-10'), '2026-11-23', '2026-12-11')).toBe('expires_before');
		expect(validityOn(until('2026-12-11'), '2026-11-23', '2026-12-11')).toBe('valid');
		expect(validityOn(until(null), '2026-11-23', '2026-12-11')).toBe('valid');
	});

	it('ends no later than its item takes it for', () => {
		const reply = { evidenceOn: '2026-11-18', validUntil: null };
		expect(lastDay(reply, 30)).toBe('2026-12-18');
		expect(lastDay({ ...reply, validUntil: '2026-12-01' }, 30)).toBe('2026-12-01');
		expect(lastDay({ ...reply, validUntil: '2028-01-01' }, null)).toBe('2028-01-01');
	});
});
