import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThingAnswer } from '@/test/sample-thing-question';
import { fetchThingAnswers, lastAnswer, voteForThingAnswer } from './thing-questions-api';
import { useDeleteThingAnswer, useVoteForThingAnswer } from './use-thing-questions';

const { signal } = new AbortController();
let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const key = ['thing_answers', 'of', 'q'];
const shown = () => client.getQueryData<object[]>(key);

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(key, [sampleThingAnswer()]);
});

describe('the answers to a question', () => {
  it('are read a few first, then on from the last one', async () => {
    const rest = fakeRest({ best_thing_answers: [sampleThingAnswer()] });
    await fetchThingAnswers('q', null, signal);
    await fetchThingAnswers('q', sampleThingAnswer({ id: 'last', vote_count: 7 }), signal);
    const [first, more] = rest.mock.calls.map(([, init]) =>
      typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : null,
    );
    expect(first).toEqual({ p_question_id: 'q', p_limit: 3 });
    expect(more).toMatchObject({ p_votes: 7, p_before_id: 'last' });
    const few = ['x', 'y', 'z'].map((id) => sampleThingAnswer({ id }));
    expect(lastAnswer(few, [few])?.id).toBe('z');
    expect(lastAnswer(few, [few, few])).toBeNull();
  });

  it('are voted for once', async () => {
    fakeRest({ thing_answer_votes: { code: '23505', message: 'duplicate' } }, 409);
    await expect(voteForThingAnswer('w', true)).resolves.toBeUndefined();
  });
});

describe('changes', () => {
  it('show at once and are taken back when they are refused', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useVoteForThingAnswer, { wrapper });
    act(() => result.current.mutate({ id: 'w', useful: true }));
    await waitFor(() => expect(shown()).toMatchObject([{ vote_count: 3, viewer_voted: true }]));
    answer.resolve(Response.json({ code: '42501', message: 'denied' }, { status: 403 }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject([{ vote_count: 2, viewer_voted: false }]);
  });

  it('put an answer back that cannot be deleted', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ thing_answers: { code: '57014', message: 'timeout' } }, 500);
    const { result } = renderHook(useDeleteThingAnswer, { wrapper });
    act(() => result.current.mutate('w'));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject([{ id: 'w' }]);
  });
});
