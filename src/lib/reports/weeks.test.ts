import { describe, expect, it } from 'vitest';
import { cellKind, weekName } from './weeks.ts';

describe('a week of arrivals', () => {
	it('is called by its first and last day, across months too', () => {
		expect(weekName('en', '2026-11-30')).toBe('30 Nov–6 Dec');
		expect(weekName('zh-CN', '2026-11-30')).toBe('11月30日–12月6日');
		expect(weekName('vi', '2026-11-30')).toBe('30 thg 11–6 thg 12');
	});

	it('is pressing only when something is missing and the goods arrive within seven days', () => {
		const on = '2026-11-23';
		expect(cellKind({ ready: 2, asked: 2 }, '2026-11-23', on)).toBe('done');
		expect(cellKind({ ready: 1, asked: 2 }, '2026-11-30', on)).toBe('blocked');
		expect(cellKind({ ready: 1, asked: 2 }, '2026-12-07', on)).toBe('waiting');
		expect(cellKind({ ready: 0, asked: 2 }, null, on)).toBe('unknown');
	});
});
