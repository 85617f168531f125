import { endpoint } from '#lib/api/endpoint.server.ts';
import { shownPoll } from '#lib/api/sources.server.ts';
import { pollSource } from '#lib/sources/watch.server.ts';

export const POST = endpoint('POST /sources/:id/poll', async ({ db, person, words, id, event }) =>
	shownPoll(await pollSource({ ...event.locals.services, db }, id(), person), words)
);
