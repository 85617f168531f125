import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
	['/orders?port=hph#late', '/orders?port=hph#late'],
	['/orders?lang=vi&port=hph', '/orders?port=hph'],
	['//evil.example', '/'],
	['/\\evil.example', '/'],
	['/\t/evil.example', '/'],
	['/.//evil.example', '/'],
	['https://evil.example', '/'],
	['javascript:alert(1)', '/'],
	['orders', '/'],
	[null, '/']
])('%j leads to %s', (text, path) => expect(localPath(text)).toBe(path));
