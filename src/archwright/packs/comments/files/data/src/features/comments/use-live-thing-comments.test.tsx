import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { LiveProvider } from '@/lib/live';
import { fakeLive } from '@/test/fake-live';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingComment } from '@/test/sample-thing-comment';
import { useLiveThingComments } from './use-live-thing-comments';
import { useThingComments } from './use-thing-comments';

function Comments() {
  useLiveThingComments('a');
  const { data } = useThingComments('a');
  const { data: thing } = useQuery({
    queryKey: ['things', 'one', 'a'],
    queryFn: () => ({ id: 'a', comment_count: 1 }),
    staleTime: Infinity,
  });
  const bodies = data?.pages.flat().map(({ body }) => body) ?? [];
  return <p>{[`${thing?.comment_count ?? 0} said`, ...bodies].join(', ')}</p>;
}

const renderComments = (userId: string | null) =>
  renderPage(
    <LiveProvider>
      <Comments />
    </LiveProvider>,
    { userId },
  );

describe('useLiveThingComments', () => {
  it('shows what others say, and counts it', async () => {
    const live = fakeLive();
    const first = sampleThingComment({ id: 'c1', body: 'first' });
    fakeRest({ thing_comments: [first], things: { comment_count: 1 } });
    renderComments('ann');
    expect(await screen.findByText('1 said, first')).toBeInTheDocument();
    await waitFor(() => expect(live.topics()).toContain('things:a'));
    live.join('things:a');
    const second = sampleThingComment({ id: 'c2', body: 'second' });
    fakeRest({ thing_comments: [second, first], things: { comment_count: 2 } });
    live.tell('things:a', 'thing_comments');
    expect(await screen.findByText('2 said, second, first', {}, { timeout: 4000 })).toBeInTheDocument();
  });

  it('does not trouble the server for guests', async () => {
    const live = fakeLive();
    fakeRest({ thing_comments: [] });
    renderComments(null);
    expect(await screen.findByText('1 said')).toBeInTheDocument();
    expect(live.topics()).toEqual([]);
  });
});
