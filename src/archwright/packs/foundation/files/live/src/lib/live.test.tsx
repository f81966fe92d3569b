import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeLive } from '@/test/fake-live';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { LiveProvider, useLiveStatus, usePersonalLive } from './live';
import { personalTables } from './live-topics';

function Status() {
  const status = useLiveStatus();
  return <p>{usePersonalLive() ? `${status}, told at once` : status}</p>;
}

const renderStatus = (userId: string | null) =>
  renderPage(
    <LiveProvider>
      <Status />
    </LiveProvider>,
    { userId },
  );

describe('LiveProvider', () => {
  beforeEach(() => void fakeRest({}));

  it('listens to nothing for guests', async () => {
    const live = fakeLive();
    renderStatus(null);
    expect(await screen.findByText('off')).toBeInTheDocument();
    expect(live.topics()).toEqual([]);
  });

  it('hears of what concerns the member, where the app has any of that', async () => {
    const live = fakeLive();
    const { client } = renderStatus('ann');
    const own = personalTables.length > 0 ? ['person:ann'] : [];
    await waitFor(() => expect(live.topics()).toEqual(own));
    for (const topic of own) {
      live.join(topic);
      expect(await screen.findByText('live, told at once')).toBeInTheDocument();
      for (const table of personalTables) {
        client.setQueryData([table, 'list'], []);
        live.tell(topic, table);
        // oxlint-disable-next-line no-await-in-loop
        await waitFor(() =>
          expect(client.getQueryState([table, 'list'])?.isInvalidated).toBe(true),
        );
      }
    }
  });

  it('leaves with the account, and hears of the next one only', async () => {
    const live = fakeLive();
    const { auth } = renderStatus('ann');
    const topicsOf = (user: string) => (personalTables.length > 0 ? [`person:${user}`] : []);
    await waitFor(() => expect(live.topics()).toEqual(topicsOf('ann')));
    act(() => auth.emit('SIGNED_IN', sessionOf('bob')));
    await waitFor(() => expect(live.topics()).toEqual(topicsOf('bob')));
    act(() => auth.emit('SIGNED_OUT', null));
    await waitFor(() => expect(live.topics()).toEqual([]));
  });
});
