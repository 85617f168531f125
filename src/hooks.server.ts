import { randomUUID } from 'node:crypto';
import { error, redirect, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { isTheme, localeCookie, setPreference, themeCookie, type Theme } from '#lib/people/preferences.ts';
import { whyNotEnter } from '#lib/people/routes.ts';
import { sessionCookie, setSessionCookie } from '#lib/people/session-cookie.ts';
import { personOf } from '#lib/people/sessions.server.ts';
import { Refusal } from '#lib/refusal.ts';
import { problem } from '#lib/server/web/problem.server.ts';
import { isHarmless } from '#lib/server/web/same-origin.ts';
import { sentence } from '#lib/server/web/form.server.ts';
import { startServices, type Services } from '#lib/services.server.ts';
import { catalogs } from '#lib/words/catalogs.ts';
import { isLocale, wordsFor, type Locale, type Words } from '#lib/words/words.ts';
import { readEnv } from './env.ts';

/** One set for the process: a hot reload in development must not open the database twice. */
const held = globalThis as typeof globalThis & { __rulelineServices?: Promise<Services> };

function services(): Promise<Services> {
	return (held.__rulelineServices ??= startServices(readEnv(process.env), process.cwd()));
}

export const init: ServerInit = async () => {
	const started = await services();
	globalThis.__rulelineSetupLink = started.workspace.setupLink ?? undefined;
	globalThis.__rulelineStop = async (about?: { drained?: Promise<unknown> }) => {
		await about?.drained;
		await started.close();
	};
};

const spoken = new Map<Locale, Promise<Words>>();

function wordsOf(locale: Locale, zone: string): Promise<Words> {
	let words = spoken.get(locale);
	if (!words)
		spoken.set(locale, (words = catalogs[locale]().then((catalog) => wordsFor(locale, catalog, zone))));
	return words;
}

/** Who is asking, in which language, on which day. */
const session: Handle = async ({ event, resolve }) => {
	const held = await services();
	const { cookies, locals, url } = event;
	locals.services = held;
	locals.db = held.database.db;
	locals.workspace = held.workspace;
	locals.today = held.today();
	locals.person = null;
	const token = cookies.get(sessionCookie) ?? bearer(event.request);
	if (token) {
		const found = await personOf(locals.db, token, held.sessions);
		locals.person = found?.person ?? null;
		if (found?.renewed) setSessionCookie(cookies, url, { token, expiresAt: found.expiresAt });
	}
	locals.locale = language(event, locals.person?.locale);
	locals.words = await wordsOf(locals.locale, held.env.TZ_BUSINESS);
	return resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%ruleline.lang%', locals.locale)
				.replace('%ruleline.theme%', themeOf(cookies.get(themeCookie)))
	});
};

function bearer(request: Request): string | undefined {
	return /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
}

function themeOf(cookie: string | undefined): Theme {
	return isTheme(cookie) ? cookie : 'auto';
}

/** `?lang=` wins and is remembered; then the cookie, the account, what the browser asks for, English. */
function language(event: Parameters<Handle>[0]['event'], own: Locale | undefined): Locale {
	const asked = event.url.searchParams.get('lang');
	if (isLocale(asked)) {
		setPreference(event.cookies, event.url, localeCookie, asked);
		return asked;
	}
	const remembered = event.cookies.get(localeCookie);
	if (isLocale(remembered)) return remembered;
	if (own) return own;
	const wanted = (event.request.headers.get('accept-language') ?? '').toLowerCase();
	for (const tag of wanted.split(',')) {
		if (tag.trim().startsWith('zh')) return 'zh-CN';
		if (tag.trim().startsWith('vi')) return 'vi';
		if (tag.trim().startsWith('en')) return 'en';
	}
	return 'en';
}

/**
 * What another site makes a browser send is refused. Kit's own check is off (svelte.config.js): it would also refuse
 * programs that upload to the API and name no origin. The API's endpoints look themselves, for they know of tokens.
 */
const sameOrigin: Handle = ({ event, resolve }) => {
	if (event.route.id?.startsWith('/api/') || isHarmless(event.request, event.url)) return resolve(event);
	error(403, event.locals.words.t('api.other_site'));
};

/** The outer door: a route nobody wrote a policy for is refused. */
const guard: Handle = async ({ event, resolve }) => {
	const { locals, route, request, url } = event;
	const reason = whyNotEnter(locals.person, route.id, request.method);
	if (!reason) return resolve(event);
	if (route.id?.startsWith('/api/')) {
		const status = reason === 'refusal.sign_in' ? 401 : 403;
		return problem(new Refusal(reason, { status }), locals.words);
	}
	if (reason === 'refusal.sign_in') {
		redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	}
	if (request.method !== 'GET' || event.isDataRequest) error(403, locals.words.t(reason));
	// The page that says why, inside the shell with its menu; nothing of the refused route has run.
	const page = await event.fetch(`/refused?because=${reason}`);
	return new Response(page.body, { status: 403, headers: page.headers });
};

/** Security headers that no page may go without; Kit adds the content security policy. */
const headers: Handle = async ({ event, resolve }) => {
	const since = performance.now();
	const response = await resolve(event);
	const { metrics } = event.locals.services;
	metrics.answered(event.request.method, event.route.id, response.status, (performance.now() - since) / 1000);
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'same-origin');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	if (event.locals.person && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-cache');
	return response;
};

/** A refusal that no form caught: its own words and status; anything else is ours to mend, and has an id. */
const refusals: Handle = async ({ event, resolve }) => {
	try {
		return await resolve(event);
	} catch (thrown) {
		if (thrown instanceof Refusal) error(thrown.status, sentence(thrown, event.locals.words));
		throw thrown;
	}
};

export const handle = sequence(headers, session, sameOrigin, guard, refusals);

export const handleError: HandleServerError = async ({ error: thrown, event, status }) => {
	const { words } = event.locals;
	if (thrown instanceof Refusal && words) return { message: sentence(thrown, words) };
	if (status === 404) return { message: words?.t('error.not_found') ?? 'Not found' };
	const id = randomUUID().slice(0, 8);
	(await services()).log.error({ err: thrown, id, path: event.url.pathname }, 'a request failed');
	return { message: words?.t('error.ours') ?? 'Something went wrong on our side.', id };
};
