import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { QueryState } from './query-state';

const { t } = i18n;

function Films({ load }: { load: () => Promise<string[] | null> }) {
  const query = useQuery({ queryKey: ['films'], queryFn: load, retry: false });
  return (
    <QueryState query={query} empty={{ title: 'No films yet', action: <a href="/new">New</a> }}>
      {(films) => <p>{films.join(', ')}</p>}
    </QueryState>
  );
}

function renderFilms(load: () => Promise<string[] | null>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Films load={load} />
    </QueryClientProvider>,
  );
}

describe('QueryState', () => {
  it('announces that it is loading', async () => {
    const loaded = Promise.withResolvers<string[]>();
    renderFilms(() => loaded.promise);
    expect(screen.getByRole('status', { name: t('app.loading') })).toBeInTheDocument();
    loaded.resolve(['Alien', 'Brazil']);
    expect(await screen.findByText('Alien, Brazil')).toBeInTheDocument();
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it.each([[[]], [null]])('says what to do when there is nothing: %j', async (nothing) => {
    renderFilms(() => Promise.resolve(nothing));
    expect(await screen.findByText('No films yet')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'New' })).toBeInTheDocument();
  });

  it('says what went wrong and tries again', async () => {
    const load = vi
      .fn<() => Promise<string[]>>()
      .mockRejectedValueOnce({ code: '42501', message: 'denied' })
      .mockResolvedValueOnce(['Alien']);
    renderFilms(load);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorForbidden'));
    await userEvent.click(screen.getByRole('button', { name: t('app.retry') }));
    expect(await screen.findByText('Alien')).toBeInTheDocument();
  });
});
