import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
	/** One request answered: its route (null: an address that is none), status and time in seconds. */
	answered(method: string, route: string | null, status: number, seconds: number): void;
	/** Prometheus text of everything so far. */
	text(): Promise<string>;
	contentType: string;
}

/** What an operator's Prometheus reads: the process itself, and requests by route, never by address or person. */
export function createMetrics(): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: 'ruleline_http_request_seconds',
		help: 'Time to answer a request, by method, route and status.',
		labelNames: ['method', 'route', 'status'],
		buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
		registers: [registry]
	});
	return {
		answered: (method, route, status, seconds) =>
			requests.observe({ method, route: route ?? 'none', status: String(status) }, seconds),
		text: () => registry.metrics(),
		contentType: registry.contentType
	};
}

/** Whether a request comes from this very machine. */
export function fromHere(address: string): boolean {
	return address === '::1' || /^(::ffff:)?127\./.test(address);
}
