import { describe, expect, it } from 'vitest';
import { createMetrics, fromHere } from './metrics.server.ts';

describe('metrics', () => {
	it('count requests by route and status, and tell about the process', async () => {
		const metrics = createMetrics();
		metrics.answered('GET', '/(app)/orders', 200, 0.012);
		metrics.answered('GET', null, 404, 0.001);
		const text = await metrics.text();
		expect(text).toContain(
			'ruleline_http_request_seconds_count{method="GET",route="/(app)/orders",status="200"} 1'
		);
		expect(text).toContain('route="none",status="404"');
		expect(text).toContain('process_resident_memory_bytes');
	});

	it.each([
		['127.0.0.1', true],
		['::1', true],
		['::ffff:127.0.0.1', true],
		['10.1.2.3', false],
		['2001:db8::1', false]
	])('%s is this machine: %s', (address, here) => {
		expect(fromHere(address)).toBe(here);
	});
});
