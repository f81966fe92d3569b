import { useInfiniteQuery } from '@tanstack/react-query';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlayerStore } from '@/features/videos/player-store';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { useFeedStore } from './feed-store';
import { FeedView } from './feed-view';

const { t } = i18n;
const HEIGHT = 800;
const pages = [
  Array.from({ length: 6 }, (_, n) => sampleVideo({ id: `v${n}`, caption: `Film ${n}` })),
  [sampleVideo({ id: 'v5' }), sampleVideo({ id: 'v6', caption: 'Film 6' })],
];

function Feed({ load }: { load: (page: number) => Promise<(typeof pages)[number]> }) {
  const query = useInfiniteQuery({
    queryKey: ['videos', 'feed', 'test'],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: 0,
    getNextPageParam: (_rows, all) => (all.length < pages.length ? all.length : null),
  });
  return <FeedView name="test" label="Films" query={query} empty={{ title: 'Nothing here' }} />;
}

const loadPage = vi.fn((page: number) => Promise.resolve(pages[page] ?? []));

async function renderFeed(load = loadPage) {
  fakeRest({ videos: [] });
  const view = renderPage(<Feed load={load} />);
  const list = await screen.findByRole('list', { name: 'Films' });
  vi.spyOn(list, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  const scrollTo = vi.fn();
  Object.assign(list, { scrollTo });
  const scroll = (index: number) => {
    list.scrollTop = index * HEIGHT;
    fireEvent.scroll(list);
  };
  return { ...view, list, scroll, scrollTo };
}

const shown = () => screen.getAllByText(/^Film \d$/).map((element) => element.textContent);

describe('FeedView', () => {
  beforeEach(() => {
    loadPage.mockClear();
    useFeedStore.setState({ positions: {} });
  });

  it('keeps only the video on screen and its neighbours', async () => {
    const { scroll } = await renderFeed();
    expect(shown()).toEqual(['Film 0', 'Film 1']);
    scroll(2);
    await waitFor(() => expect(shown()).toEqual(['Film 1', 'Film 2', 'Film 3']));
    expect(document.querySelectorAll('video')).toHaveLength(3);
  });

  it('fetches the next page before it is needed, and shows no video twice', async () => {
    const { scroll, list } = await renderFeed();
    expect(loadPage).toHaveBeenCalledOnce();
    scroll(2);
    await waitFor(() => expect(loadPage).toHaveBeenCalledTimes(2));
    await waitFor(() => expect(list.children).toHaveLength(8)); // seven videos and the end
  });

  it('moves by keyboard, but not while somebody types', async () => {
    const { scrollTo } = await renderFeed();
    await userEvent.keyboard('{ArrowUp}');
    expect(scrollTo).not.toHaveBeenCalled();
    await userEvent.keyboard('{ArrowDown}');
    expect(scrollTo).toHaveBeenCalledWith({ top: HEIGHT, behavior: 'smooth' });
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    await userEvent.keyboard('jm');
    field.remove();
    expect(scrollTo).toHaveBeenCalledOnce();
    expect(usePlayerStore.getState().muted).toBe(true);
  });

  it('jumps where less motion is wanted', async () => {
    const { scrollTo } = await renderFeed();
    const still = Object.assign(new EventTarget(), { matches: true }) as MediaQueryList;
    vi.spyOn(window, 'matchMedia').mockReturnValue(still);
    await userEvent.click(screen.getByRole('button', { name: t('feed.next') }));
    expect(scrollTo).toHaveBeenCalledWith({ top: HEIGHT, behavior: 'instant' });
  });

  it('comes back to where it was', async () => {
    const { scroll, unmount } = await renderFeed();
    scroll(3);
    unmount();
    await renderFeed();
    expect(shown()).toEqual(['Film 2', 'Film 3', 'Film 4']);
  });

  it('does not come back to a place that another video has taken', async () => {
    useFeedStore.setState({ positions: { test: 'gone' } });
    await renderFeed();
    expect(shown()).toEqual(['Film 0', 'Film 1']);
  });

  it('starts again from the top', async () => {
    const { scroll, list } = await renderFeed();
    scroll(6);
    await waitFor(() => expect(list.children).toHaveLength(8));
    await userEvent.click(screen.getByRole('button', { name: t('feed.refresh') }));
    await waitFor(() => expect(shown()).toEqual(['Film 0', 'Film 1']));
  });

  it('says when there is nothing, and when it cannot be loaded', async () => {
    fakeRest({});
    const { unmount } = renderPage(<Feed load={() => Promise.resolve([])} />);
    expect(await screen.findByText('Nothing here')).toBeInTheDocument();
    unmount();
    renderPage(<Feed load={() => Promise.reject(new TypeError('Failed to fetch'))} />);
    expect(await screen.findByText(t('app.errorNetwork'))).toBeInTheDocument();
    expect(screen.getByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });
});
