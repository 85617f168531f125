import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const secretNames = [
	...[
		'password',
		'passwordHash',
		'token',
		'secret',
		'sessionId',
		'authorization',
		'cookie',
		'["set-cookie"]'
	],
	...['databaseUrl', 'DATABASE_URL', 'SMTP_URL', 'S3_URL']
];
const anyDepth = ['', '*.', '*.*.'];

/**
 * The log: one JSON object a line. Secrets are blanked by their name down to the third level, and what a failed query
 * was given (it may hold a hash or a person's text) is left out.
 * @param level as LOG_LEVEL: trace, debug, info, warn, error, fatal or silent
 * @param destination standard output unless given
 */
export function createLog(level: string, destination?: DestinationStream): Log {
	const options = {
		level,
		base: undefined,
		redact: {
			paths: anyDepth.flatMap((depth) => secretNames.map((name) => join(depth, name))),
			censor: '[secret]'
		},
		serializers: { err: withoutParameters }
	};
	return destination ? pino(options, destination) : pino(options);
}

function join(depth: string, name: string): string {
	return name.startsWith('[') ? depth.slice(0, -1) + name : depth + name;
}

/** Drizzle puts a query's parameters into the error's message, its stack and a field; the drivers into fields. */
function withoutParameters(error: Error): object {
	const { params: _, parameters: __, args: ___, ...shown } = stdSerializers.errWithCause(error) as Shown;
	return {
		...shown,
		message: cut(shown.message),
		stack: cut(shown.stack),
		...(shown.cause && { cause: withoutParameters(shown.cause) })
	};
}

function cut(text = ''): string {
	return text.replace(/\nparams: [^]*?(?=\n {4}at |$)/, '');
}

interface Shown {
	message?: string;
	stack?: string;
	cause?: Error;
	params?: unknown;
	parameters?: unknown;
	args?: unknown;
}
