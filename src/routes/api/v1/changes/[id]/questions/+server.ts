import { endpoint } from '#lib/api/endpoint.server.ts';
import { questionCalled, questionsOn, shownQuestion } from '#lib/api/changes.server.ts';
import { pageOf } from '#lib/api/shapes.ts';
import { addQuestion } from '#lib/changes/questions.server.ts';

export const GET = endpoint('GET /changes/:id/questions', async ({ db, id, query }) => {
	const questions = (await questionsOn(db, id())).filter((question) => question.id > (query.cursor ?? 0));
	return pageOf(questions, query.limit, (question) => question.id, shownQuestion);
});

export const POST = endpoint('POST /changes/:id/questions', async ({ db, person, id, body }) =>
	questionCalled(db, id(), await addQuestion(db, person, id(), { ...body, answered: false }))
);
