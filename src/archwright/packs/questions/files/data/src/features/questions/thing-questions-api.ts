import type { QueryData } from '@supabase/supabase-js';
import { isDuplicate } from '@/lib/errors';
import { keysetPage, PAGE_SIZE, type Cursor } from '@/lib/keyset';
import { isCut } from '@/lib/patch-row';
import { supabase } from '@/lib/supabase';
import { thingAnswerFields } from './thing-answer-fields';
import { thingQuestionFields } from './thing-question-fields';

const selectQuestions = () => supabase.from('thing_questions').select(thingQuestionFields);
const selectAnswers = () => supabase.from('thing_answers').select(thingAnswerFields);

/** A question; its author is null when their account is gone. */
export type ThingQuestion = QueryData<ReturnType<typeof selectQuestions>>[number];
export type ThingAnswer = QueryData<ReturnType<typeof selectAnswers>>[number];

/** How many answers stand below a question before more are asked for. */
const ANSWERS = 3;

/** The questions about a thing, newest first. */
export async function fetchThingQuestions(
  thingId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<ThingQuestion[]> {
  const questions = selectQuestions().eq('thing_id', thingId);
  const { data } = await keysetPage(questions, cursor).abortSignal(signal).throwOnError();
  return data;
}

const pageSize = (after: ThingAnswer | null) => (after ? PAGE_SIZE : ANSWERS);

/** The answers to a question, the most useful first: a few, and then more of them. */
export async function fetchThingAnswers(
  questionId: string,
  after: ThingAnswer | null,
  signal: AbortSignal,
): Promise<ThingAnswer[]> {
  const { data } = await supabase
    .rpc('best_thing_answers', {
      p_question_id: questionId,
      p_limit: pageSize(after),
      ...(after && {
        p_votes: after.vote_count,
        p_before: after.created_at,
        p_before_id: after.id,
      }),
    })
    .select(thingAnswerFields)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** The answer at the end of a page is where the next one starts; null behind the last one. */
export function lastAnswer(rows: ThingAnswer[], pages: ThingAnswer[][]): ThingAnswer | null {
  const size = pages.length > 1 ? PAGE_SIZE : ANSWERS;
  return rows.length < size && !isCut(rows) ? null : (rows.at(-1) ?? null);
}

export async function askAboutThing(thingId: string, body: string): Promise<void> {
  await supabase.from('thing_questions').insert({ thing_id: thingId, body }).throwOnError();
}

/** Takes one's question back, which the database allows while nobody has answered it. */
export async function deleteThingQuestion(id: string): Promise<void> {
  await supabase.from('thing_questions').delete().eq('id', id).throwOnError();
}

/** Answers a question, or changes one's answer to it. */
export async function answerThingQuestion(id: string, body: string): Promise<void> {
  await supabase
    .rpc('answer_thing_question', { p_question_id: id, p_body: body })
    .throwOnError();
}

export async function deleteThingAnswer(id: string): Promise<void> {
  await supabase.from('thing_answers').delete().eq('id', id).throwOnError();
}

/** Says that an answer is useful, or no longer says so. What was said already stays said. */
export async function voteForThingAnswer(id: string, useful: boolean): Promise<void> {
  const votes = supabase.from('thing_answer_votes');
  const { error } = await (useful
    ? votes.insert({ answer_id: id })
    : votes.delete().eq('answer_id', id));
  if (error && !isDuplicate(error)) throw error;
}
