import { describe, expect, test } from 'vitest';
import { allowList, destination } from './destination.ts';
import { OutboundError } from './outbound-error.ts';

const none = allowList([]);

function codeFor(address: string, allowed = none): string {
	try {
		destination(address, allowed);
		return 'ok';
	} catch (error) {
		return error instanceof OutboundError ? error.code : String(error);
	}
}

describe('private networks in every spelling', () => {
	test.each([
		'http://127.0.0.1/',
		'http://127.1/',
		'http://127.0.1/',
		'http://2130706433/',
		'http://0x7f000001/',
		'http://0x7f.1/',
		'http://0x7F.0x0.0x0.0x1/',
		'http://017700000001/',
		'http://0177.0.0.01/',
		'http://127.0.0.1./',
		'http://%31%32%37.0.0.1/',
		'http://１２７.0.0.1/',
		'http://①②⑦.0.0.1/',
		'http://127。0。0。1/',
		'http:127.0.0.1/',
		'http:\\\\127.0.0.1\\',
		'http://0/',
		'http://10.0.0.5/',
		'http://3232235777/',
		'http://169.254.169.254/latest/meta-data',
		'http://[::1]/',
		'http://[0:0:0:0:0:0:0:1]/',
		'http://[::]/',
		'http://[::ffff:127.0.0.1]/',
		'http://[::ffff:7f00:1]/',
		'http://[::ffff:0:127.0.0.1]/',
		'http://[::127.0.0.1]/',
		'http://[64:ff9b::127.0.0.1]/',
		'http://[64:ff9b::a9fe:a9fe]/',
		'http://[2002:7f00:1::]/',
		'http://[fd00:ec2::254]/',
		'http://[fe80::1]/'
	])('%s is refused', (address) => expect(codeFor(address)).toBe('private_address'));
});

describe('the form of an address', () => {
	test.each([
		['not an address', 'bad_url'],
		['', 'bad_url'],
		['http://', 'bad_url'],
		['http://256.256.256.256/', 'bad_url'],
		['http://[fe80::1%25eth0]/', 'bad_url'],
		['ftp://example.com/', 'scheme'],
		['file:///etc/passwd', 'scheme'],
		['gopher://127.0.0.1:70/', 'scheme'],
		['data:text/plain,hi', 'scheme'],
		['javascript:alert(1)', 'scheme'],
		['http://user@example.com/', 'credentials'],
		['http://example.com@127.0.0.1/', 'credentials'],
		['http://:secret@example.com/', 'credentials'],
		['http://example.com:22/', 'port'],
		['https://example.com:8443/', 'port'],
		['http://127.0.0.1:6379/', 'port'],
		['http://example.com/feed', 'ok'],
		['https://example.com:80/', 'ok'],
		['http://example.com:443/', 'ok'],
		['https://1.1.1.1/', 'ok'],
		['https://[2606:4700:4700::1111]/', 'ok']
	])('%s gives %s', (address, code) => expect(codeFor(address)).toBe(code));

	test('the fragment stays at home', () => {
		expect(destination('https://example.com/a#b', none).href).toBe('https://example.com/a');
	});
});

describe('the allow list', () => {
	const allowed = allowList(['127.0.0.1:4100', 'Intranet.Example:8080', '[::1]:80', '10.0.0.5:443']);

	test.each([
		['http://127.0.0.1:4100/feed', 'ok'],
		['http://2130706433:4100/feed', 'ok'],
		['http://intranet.example:8080/', 'ok'],
		['http://[::1]/', 'ok'],
		['https://10.0.0.5/', 'ok'],
		['http://127.0.0.1:4101/', 'port'],
		['http://127.0.0.1/', 'private_address'],
		['http://10.0.0.5/', 'private_address'],
		['http://127.0.0.2:4100/', 'port'],
		['http://sub.intranet.example:8080/', 'port'],
		['http://user@127.0.0.1:4100/', 'credentials'],
		['ftp://127.0.0.1:4100/', 'scheme']
	])('%s gives %s', (address, code) => expect(codeFor(address, allowed)).toBe(code));

	test.each(['127.0.0.1', 'http://a:80', 'a:b', 'a:80/path', 'a:99999', '*'])(
		'%s is not an entry',
		(entry) => {
			expect(() => allowList([entry])).toThrow(entry);
		}
	);
});
