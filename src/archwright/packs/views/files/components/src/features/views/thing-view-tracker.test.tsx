import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ThingStageContext } from '@/features/things/thing-stage';
import { supabase } from '@/lib/supabase';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { ThingViewTracker } from './thing-view-tracker';

const told = (ms: number, completed = false) => ({
  p_thing_id: 'a',
  p_watched_ms: ms,
  p_completed: completed,
});

function start(userId: string | null) {
  const rest = fakeRest({ record_thing_view: null });
  const player = document.createElement('video');
  vi.spyOn(player, 'duration', 'get').mockReturnValue(4);
  const stage = { playing: true, element: { current: player }, seek: vi.fn(), onDoubleTap: vi.fn() };
  const view = renderPage(
    <ThingStageContext value={stage}>
      <ThingViewTracker thingId="a" />
    </ThingStageContext>,
    { userId },
  );
  if (userId !== null) {
    const data = { session: sessionOf(userId) };
    vi.spyOn(supabase.auth, 'getSession').mockResolvedValue({ data, error: null });
  }
  const play = async (...places: number[]) => {
    await act(async () => {
      for (const place of places) {
        vi.spyOn(player, 'currentTime', 'get').mockReturnValue(place);
        fireEvent(player, new Event('timeupdate'));
      }
      await Promise.resolve();
    });
  };
  const reports = () =>
    rest.mock.calls.flatMap(([, init]) => {
      if (typeof init?.body !== 'string') return [];
      const body: unknown = JSON.parse(init.body);
      return [{ body, last: init.keepalive === true }];
    });
  return { ...view, player, play, reports };
}

describe('ThingViewTracker', () => {
  it('reports after two seconds and again at a stop', async () => {
    const { player, play, reports } = start('ann');
    await play(1);
    expect(reports()).toEqual([]);
    await play(2, 3, 3.9);
    await vi.waitFor(() => expect(reports()).toHaveLength(1));
    fireEvent(player, new Event('pause'));
    await vi.waitFor(() =>
      expect(reports()).toEqual([
        { body: told(2000), last: false },
        { body: told(3900, true), last: false },
      ]),
    );
  });

  it('reports what is left when the card goes', async () => {
    const { play, reports, unmount } = start('ann');
    await play(1, 2, 3);
    unmount();
    await vi.waitFor(() =>
      expect(reports().map(({ body }) => body)).toEqual([told(2000), told(3000)]),
    );
  });

  it('hands the last report to the browser when the page goes away', async () => {
    const { play, reports } = start('ann');
    await play(1, 2);
    await play(3);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    fireEvent(window, new Event('pagehide'));
    await vi.waitFor(() => expect(reports()).toContainEqual({ body: told(3000), last: true }));
  });

  it('says nothing about guests', async () => {
    const { player, play, reports } = start(null);
    await play(1, 2, 3);
    fireEvent(player, new Event('pause'));
    expect(reports()).toEqual([]);
  });
});
