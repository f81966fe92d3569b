import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { cursorAfter, FEED_PAGE } from './feed-api';
import { useForYou, useRefreshFeeds } from './use-for-you';

const MOMENT = '2026-01-01T12:00:00.123456+00:00';

interface Asked {
  p_snapshot?: string;
  p_shown: string[];
}
const asked: Asked[] = [];
const video = (n: number) => ({ ...sampleVideo({ id: `v${n}` }), ranked_at: MOMENT });

/** A ranking of so many videos, of which the shown ones are left out. */
function fakeRanking(count: number) {
  asked.length = 0;
  vi.spyOn(globalThis, 'fetch').mockImplementation((_input, init) => {
    const body = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Partial<Asked>;
    if (!body.p_shown) return Promise.resolve(Response.json([]));
    asked.push(body as Asked);
    const rest = Array.from({ length: count }, (_, n) => video(n)).filter(
      ({ id }) => body.p_shown?.includes(id) !== true,
    );
    return Promise.resolve(Response.json(rest.slice(0, FEED_PAGE)));
  });
}

function Feed() {
  const query = useForYou();
  const refresh = useRefreshFeeds();
  return (
    <>
      <p>{query.data?.pages.flat().map(({ id }) => id).join(' ')}</p>
      <button disabled={!query.hasNextPage} onClick={() => void query.fetchNextPage()}>
        next
      </button>
      <button onClick={refresh}>refresh</button>
    </>
  );
}

describe('useForYou', () => {
  beforeEach(() => fakeRanking(FEED_PAGE + 2));

  it('goes on with the same ranking, without what was shown', async () => {
    renderPage(<Feed />);
    expect(await screen.findByText(/^v0 .* v9$/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'next' }));
    expect(await screen.findByText(/^v0 .* v11$/)).toBeInTheDocument();
    expect(asked.map(({ p_shown }) => p_shown.length)).toEqual([0, FEED_PAGE]);
    // the database's clock counts: the device's may be wrong
    expect(asked.map(({ p_snapshot }) => p_snapshot)).toEqual([undefined, MOMENT]);
    expect(screen.getByRole('button', { name: 'next' })).toBeDisabled();
  });

  it('takes a new ranking when asked to', async () => {
    renderPage(<Feed />);
    await screen.findByText(/^v0 /);
    await userEvent.click(screen.getByRole('button', { name: 'next' }));
    await screen.findByText(/v11$/);
    await userEvent.click(screen.getByRole('button', { name: 'refresh' }));
    await waitFor(() => expect(asked).toHaveLength(3));
    expect(asked[2]?.p_shown).toEqual([]);
  });
});

describe('cursorAfter', () => {
  const rows = Array.from({ length: FEED_PAGE }, (_, n) => video(n));

  it('ends with a page that is not full', () => {
    expect(cursorAfter([{ snapshot: 's', rows: rows.slice(1) }])).toBeNull();
    expect(cursorAfter([])).toBeNull();
    expect(cursorAfter([{ snapshot: 's', rows }])).toMatchObject({ snapshot: 's' });
  });
});
