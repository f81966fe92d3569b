import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { InfiniteList } from './infinite-list';

interface Film {
  id: string;
}
const { t } = i18n;
const pages: Film[][] = [[{ id: 'Alien' }, { id: 'Brazil' }], [{ id: 'Cube' }]];

class FakeObserver {
  static scrollToEnd: () => void;
  observe = vi.fn();
  disconnect = vi.fn();
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    FakeObserver.scrollToEnd = () => callback([{ isIntersecting: true }]);
  }
}

type Load = (page: number) => Promise<Film[]>;

function Films({ load, count }: { load: Load; count: number }) {
  const query = useInfiniteQuery({
    queryKey: ['films'],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: 0,
    getNextPageParam: (_rows, all) => (all.length < count ? all.length : null),
    retry: false,
  });
  return (
    <InfiniteList
      query={query}
      label="Films"
      empty={{ title: 'No films' }}
      getKey={(row) => row.id}
    >
      {(row) => row.id}
    </InfiniteList>
  );
}

function renderFilms(load: Load, count = pages.length) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Films load={load} count={count} />
    </QueryClientProvider>,
  );
}

describe('InfiniteList', () => {
  beforeEach(() => {
    vi.stubGlobal('IntersectionObserver', FakeObserver);
  });

  it('loads the next page when the end comes near, and stops at the last', async () => {
    renderFilms((page) => Promise.resolve(pages[page] ?? []));
    expect(await screen.findAllByRole('listitem')).toHaveLength(2);
    act(() => FakeObserver.scrollToEnd());
    expect(await screen.findByText('Cube')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('can do without scrolling', async () => {
    renderFilms((page) => Promise.resolve(pages[page] ?? []));
    await userEvent.click(await screen.findByRole('button', { name: t('app.loadMore') }));
    expect(await screen.findByText('Cube')).toBeInTheDocument();
  });

  it('keeps what it has when a later page fails', async () => {
    const load = vi
      .fn<(page: number) => Promise<Film[]>>()
      .mockResolvedValueOnce(pages[0] ?? [])
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(pages[1] ?? []);
    renderFilms(load);
    await userEvent.click(await screen.findByRole('button', { name: t('app.loadMore') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorNetwork'));
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: t('app.retry') }));
    expect(await screen.findByText('Cube')).toBeInTheDocument();
  });

  it('goes on where the first page has lost its rows', async () => {
    renderFilms((page) => Promise.resolve(page === 0 ? [] : (pages[page] ?? [])));
    await userEvent.click(await screen.findByRole('button', { name: t('app.loadMore') }));
    expect(await screen.findByText('Cube')).toBeInTheDocument();
  });

  it('says when there is nothing', async () => {
    renderFilms(() => Promise.resolve([]), 1);
    expect(await screen.findByText('No films')).toBeInTheDocument();
  });
});
