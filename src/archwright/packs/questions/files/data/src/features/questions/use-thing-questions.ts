import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import {
  answerThingQuestion,
  askAboutThing,
  deleteThingAnswer,
  deleteThingQuestion,
  fetchThingAnswers,
  fetchThingQuestions,
  lastAnswer,
  voteForThingAnswer,
  type ThingAnswer,
} from './thing-questions-api';

export function useThingQuestions(thingId: string) {
  return useInfiniteQuery({
    queryKey: ['thing_questions', 'of', thingId],
    queryFn: ({ pageParam, signal }) => fetchThingQuestions(thingId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useThingAnswers(questionId: string, answered: boolean) {
  return useInfiniteQuery({
    queryKey: ['thing_answers', 'of', questionId],
    enabled: answered,
    queryFn: ({ pageParam, signal }) => fetchThingAnswers(questionId, pageParam, signal),
    initialPageParam: null as ThingAnswer | null,
    getNextPageParam: lastAnswer,
  });
}

export function useAskAboutThing(thingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: string) => askAboutThing(thingId, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['thing_questions'] }),
  });
}

export function useAnswerThingQuestion(questionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: string) => answerThingQuestion(questionId, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['thing_questions'] }),
        client.invalidateQueries({ queryKey: ['thing_answers'] }),
      ]),
  });
}

export function useDeleteThingQuestion() {
  return useOptimisticMutation<string>({
    mutationKey: ['thing_questions', 'delete'],
    tables: ['thing_questions'],
    mutationFn: deleteThingQuestion,
    optimistic: (client, id) => removeRow(client, 'thing_questions', id),
  });
}

export function useDeleteThingAnswer() {
  return useOptimisticMutation<string>({
    mutationKey: ['thing_answers', 'delete'],
    tables: ['thing_answers', 'thing_questions'],
    mutationFn: deleteThingAnswer,
    optimistic: (client, id) => removeRow(client, 'thing_answers', id),
    refetch: true,
  });
}

/** Finds an answer useful, or no longer, at once. It keeps its place until the list is read anew. */
export function useVoteForThingAnswer() {
  return useOptimisticMutation<{ id: string; useful: boolean }>({
    mutationKey: ['thing_answers', 'vote'],
    tables: ['thing_answers'],
    mutationFn: ({ id, useful }) => voteForThingAnswer(id, useful),
    optimistic: (client, { id, useful }) =>
      patchRow<ThingAnswer>(client, 'thing_answers', id, (row) => ({
        viewer_voted: useful,
        vote_count: row.vote_count + Number(useful) - Number(row.viewer_voted === true),
      })),
  });
}
