/** Every environment variable, read once at start. The table below is what `.env.example` lists. */

/** A start that cannot go on because of one variable. The message is the whole sentence to show. */
export class EnvError extends Error {
	override name = 'EnvError';
}

type Variable<Value> = {
	/** What an unset or empty variable means, as it would be written. Empty: nothing is assumed. */
	fallback: string;
	meaning: string;
	/** Ends the sentence "... is not accepted: give ..." */
	accepts: string;
	/** Its value is never repeated in a message: it may hold a password. */
	secret?: true;
	/** The value, or undefined when the text is not acceptable. */
	read: (text: string) => Value | undefined;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const variables = {
	PORT: {
		fallback: '3000',
		meaning: 'Port the pages and the API are served on.',
		accepts: 'a whole number from 1 to 65535',
		read: (text) => wholeNumber(text, 1, 65535)
	},
	HOST: {
		fallback: '127.0.0.1',
		meaning: 'Address to listen on. 127.0.0.1 is this machine only, 0.0.0.0 every network it is in.',
		accepts: 'an IP address or a host name without scheme or port',
		read: (text) => (isHost(text) ? text : undefined)
	},
	ORIGIN: {
		fallback: '',
		meaning: 'Address people type into their browser; made from HOST and PORT when unset.',
		accepts: 'an address such as https://ruleline.example.com, without a path',
		read: (text) => (text === '' ? '' : origin(text))
	},
	DATA_DIR: {
		fallback: './data',
		meaning: 'Folder of the embedded database and of uploaded files.',
		accepts: 'the path of a folder',
		read: (text) => (text.includes('\0') ? undefined : text)
	},
	DATABASE_URL: {
		fallback: '',
		meaning: 'PostgreSQL 15 or newer; the embedded database in DATA_DIR when unset.',
		accepts: 'an address such as postgres://user:password@host:5432/name',
		secret: true,
		read: optionalUrl('postgres:', 'postgresql:')
	},
	DEMO: {
		fallback: 'auto',
		meaning:
			'Whether an empty database gets the demo workspace. auto: only the embedded database, and only when HOST is this machine.',
		accepts: 'auto, on or off',
		read: (text) => oneOf(text, ['auto', 'on', 'off'])
	},
	DEMO_TODAY: {
		fallback: '2026-11-23',
		meaning:
			'Business day the demo workspace is shown on; real follows the calendar. A real workspace ignores it.',
		accepts: 'a date such as 2026-11-23, or real',
		read: (text) => (text === 'real' || isDate(text) ? text : undefined)
	},
	OUTBOUND_ALLOW: {
		fallback: '',
		meaning:
			'Private addresses that sources may be fetched from, as exact host:port, separated by commas. Public ones need no entry.',
		accepts: 'exact host:port entries separated by commas, such as intranet.example:8080',
		read: hostPorts
	},
	TRUST_PROXY: {
		fallback: 'off',
		meaning:
			'on: believe X-Forwarded-For, -Proto and -Host. Only behind a reverse proxy that sets all three itself.',
		accepts: 'on or off',
		read: onOff
	},
	UPLOAD_LIMIT_MB: {
		fallback: '20',
		meaning: 'Largest file that may be uploaded, in megabytes.',
		accepts: 'a whole number from 1 to 1024',
		read: (text) => wholeNumber(text, 1, 1024)
	},
	WORKERS: {
		fallback: 'on',
		meaning: 'Whether this process does background work such as polling sources.',
		accepts: 'on or off',
		read: onOff
	},
	LOG_LEVEL: {
		fallback: 'info',
		meaning: `Least serious line that is logged: ${logLevels.join(', ')}.`,
		accepts: `one of ${logLevels.join(', ')}`,
		read: (text) => oneOf(text, logLevels)
	},
	TZ_BUSINESS: {
		fallback: 'Asia/Ho_Chi_Minh',
		meaning: 'Time zone that decides which business day it is.',
		accepts: 'a time zone name such as Asia/Ho_Chi_Minh',
		read: (text) => (isTimeZone(text) ? text : undefined)
	},
	SMTP_URL: {
		fallback: '',
		meaning: 'Reserved for outgoing mail: checked at start, nothing is sent yet.',
		accepts: 'an address such as smtp://user:password@host:587',
		secret: true,
		read: optionalUrl('smtp:', 'smtps:')
	},
	MAIL_FROM: {
		fallback: '',
		meaning: 'Reserved for outgoing mail: the sender address.',
		accepts: 'an address such as ruleline@example.com or Ruleline <ruleline@example.com>',
		read: (text) =>
			/^$|^[^\s<>@]+@[^\s<>@]+$|^[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>$/.test(text) ? text : undefined
	},
	S3_URL: {
		fallback: '',
		meaning: 'Reserved for keeping files in S3-compatible storage: checked at start, files stay in DATA_DIR.',
		accepts: 'an address such as https://key:secret@host/bucket',
		secret: true,
		read: optionalUrl('https:', 'http:', 's3:')
	},
	SHARE_HOST: {
		fallback: '',
		meaning: 'Reserved for a second listener that serves shared orders only: its address.',
		accepts: 'an IP address or a host name without scheme or port',
		read: (text) => (text === '' || isHost(text) ? text : undefined)
	},
	SHARE_PORT: {
		fallback: '',
		meaning: 'Reserved for a second listener that serves shared orders only: its port.',
		accepts: 'a whole number from 1 to 65535',
		read: (text) => (text === '' ? '' : wholeNumber(text, 1, 65535))
	},
	SHARE_ORIGIN: {
		fallback: '',
		meaning: 'Reserved for a second listener that serves shared orders only: its public address.',
		accepts: 'an address such as https://share.example.com, without a path',
		read: (text) => (text === '' ? '' : origin(text))
	}
} satisfies Record<string, Variable<unknown>>;

type Name = keyof typeof variables;

/** All variables by name, in their own types. ORIGIN is always set; other optional texts are '' when unset. */
export type Env = { [Key in Name]: NonNullable<ReturnType<(typeof variables)[Key]['read']>> };

/** Reads and checks everything. Throws an EnvError that names the first variable it cannot accept. */
export function readEnv(source: Record<string, string | undefined>): Env {
	const entries = Object.entries(variables).map(([name, variable]) => [
		name,
		valueOf(name, variable, source[name]?.trim() || variable.fallback)
	]);
	const env = Object.fromEntries(entries) as Env;
	return { ...env, ORIGIN: env.ORIGIN || originOf(env.HOST, env.PORT) };
}

function valueOf(name: string, variable: Variable<unknown>, text: string): unknown {
	const value = variable.read(text);
	if (value !== undefined) return value;
	const given = variable.secret ? 'its value' : JSON.stringify(text);
	throw new EnvError(`${name}: ${given} is not accepted: give ${variable.accepts}.`);
}

/** Whether the demo workspace may be loaded into an empty database: never by itself where others can reach it. */
export function demoAllowed(env: Pick<Env, 'DEMO' | 'DATABASE_URL' | 'HOST'>): boolean {
	if (env.DEMO !== 'auto') return env.DEMO === 'on';
	return env.DATABASE_URL === '' && isLoopback(env.HOST);
}

/** Whether only this machine can reach that listening address. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

// Listening everywhere says nothing about the name people use; the one address known to work is this machine's.
function originOf(host: string, port: number): string {
	const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	return new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`).origin;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	return value >= least && value <= most ? value : undefined;
}

function oneOf<const Choice extends string>(text: string, choices: readonly Choice[]): Choice | undefined {
	return choices.find((choice) => choice === text);
}

function onOff(text: string): boolean | undefined {
	return text === 'on' ? true : text === 'off' ? false : undefined;
}

function isHost(text: string): boolean {
	const bare = text.includes(':') ? `[${text}]` : text;
	return /^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(bare) && URL.canParse(`http://${bare}`);
}

function origin(text: string): string | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
	return url.href === `${url.origin}/` ? url.origin : undefined;
}

function optionalUrl(...schemes: string[]): (text: string) => string | undefined {
	return (text) => (text === '' || isUrlOf(text, schemes) ? text : undefined);
}

function isUrlOf(text: string, schemes: string[]): boolean {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url !== undefined && schemes.includes(url.protocol) && url.hostname !== '';
}

function hostPorts(text: string): string[] | undefined {
	const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
	return entries.every(isHostPort) ? entries.map((entry) => entry.toLowerCase()) : undefined;
}

function isHostPort(entry: string): boolean {
	const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(entry) ?? [];
	const bare = host.replace(/^\[(.*:.*)\]$/, '$1');
	return (
		(bare === host ? !host.includes(':') : true) && isHost(bare) && wholeNumber(port, 1, 65535) !== undefined
	);
}

function isDate(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isTimeZone(text: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: text });
		return !/^[+-]/.test(text);
	} catch {
		return false;
	}
}
