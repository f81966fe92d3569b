import type { ThingAnswer, ThingQuestion } from '@/features/questions/thing-questions-api';

const author = { id: 'ann', handle: 'ann', display_name: 'Ann Lee' };
const question = {
  id: 'q',
  thing_id: 'a',
  body: 'Is the cable long?',
  answer_count: 1,
  created_at: '2026-01-01T00:00:00Z',
  author,
};
const answer = {
  id: 'w',
  question_id: 'q',
  body: 'Two metres.',
  from_seller: false,
  vote_count: 2,
  viewer_voted: false,
  edited_at: null,
  created_at: '2026-01-02T00:00:00Z',
  author: { ...author, id: 'ben', handle: 'ben', display_name: 'Ben' },
};

/** A question for tests; what features add to it is not in every app. */
export function sampleThingQuestion(fields: Partial<ThingQuestion> = {}): ThingQuestion {
  return { ...(question as ThingQuestion), ...fields };
}

export function sampleThingAnswer(fields: Partial<ThingAnswer> = {}): ThingAnswer {
  return { ...(answer as ThingAnswer), ...fields };
}
