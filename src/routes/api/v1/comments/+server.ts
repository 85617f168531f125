import { endpoint } from '#lib/api/endpoint.server.ts';
import { conversationPage, say } from '#lib/api/comments.server.ts';

export const GET = endpoint('GET /comments', ({ db, person, query: { subject, id, ...page } }) =>
	conversationPage(db, person, { subject, id }, page)
);

export const POST = endpoint('POST /comments', ({ db, person, body }) => say(db, person, body));
