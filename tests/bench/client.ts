import { Agent, request } from 'node:http';

export interface Client {
	get(address: string): Promise<Answer>;
	/** A form as a browser posts it. */
	post(address: string, fields: Record<string, string>): Promise<Answer>;
}

export interface Answer {
	status: number;
	body: string;
}

/** A browser without a screen: keeps connections and cookies, follows nothing. As light as Node allows. */
export function clientOf(port: number): Client {
	const agent = new Agent({ keepAlive: true, maxSockets: 16 });
	const origin = `http://127.0.0.1:${port}`;
	const cookies = new Map<string, string>();
	const send = (method: string, path: string, body?: string) =>
		new Promise<Answer>((resolve, reject) => {
			const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
			const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin };
			const headers = { accept: 'text/html', cookie, ...form };
			const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
				for (const line of response.headers['set-cookie'] ?? []) {
					const [name = '', value = ''] = line.split(';')[0]!.split('=');
					cookies.set(name, value);
				}
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () =>
					resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
				);
			});
			sent.once('error', reject);
			sent.end(body);
		});
	return {
		get: (path) => send('GET', path),
		post: (path, fields) => send('POST', path, new URLSearchParams(fields).toString())
	};
}

/** @throws when an answer is not what the bench came for: an error page is served quickly too */
export function expected({ status, body }: Answer, address: string): string {
	if (status === 200) return body;
	throw new Error(`${address} answered ${status}: ${body.slice(0, 300)}`);
}
