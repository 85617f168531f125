import { describe, expect, test } from 'vitest';
import { isPublicAddress } from './address.ts';

describe('an address is public only if the internet routes it', () => {
	test.each([
		'0.0.0.0',
		'10.1.2.3',
		'100.64.0.1',
		'100.100.100.200',
		'127.0.0.1',
		'127.255.255.254',
		'168.63.129.16',
		'169.254.169.254',
		'172.16.0.1',
		'172.31.255.255',
		'192.0.0.170',
		'192.0.2.1',
		'192.168.1.1',
		'198.18.0.1',
		'203.0.113.7',
		'224.0.0.1',
		'255.255.255.255',
		'::',
		'::1',
		'::7f00:1',
		'::ffff:127.0.0.1',
		'::ffff:8.8.8.8',
		'64:ff9b::7f00:1',
		'64:ff9b:1::a00:1',
		'2002:7f00:1::',
		'2001:0:7f00:1::',
		'2001:db8::1',
		'fc00::1',
		'fd00:ec2::254',
		'fe80::1',
		'fe80::1%eth0',
		'fec0::1',
		'ff02::1',
		'example.com',
		''
	])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

	test.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700:4700::1111', '[2606:4700:4700::1111]'])(
		'%s is',
		(address) => expect(isPublicAddress(address)).toBe(true)
	);
});
