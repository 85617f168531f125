import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
	['Nguyễn Thị Ánh', 'NÁ'],
	['Anna Berg', 'AB'],
	['陈晓东', '晓东'],
	['李娜', '李娜'],
	['Port-office', 'P'],
	['  ', '?']
])('%s is shown as %s', (name, short) => {
	expect(initials(name)).toBe(short);
});
