import { QueryClient, QueryObserver, type MutationOptions } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefresher } from './live-refresh';

describe('the refresher', () => {
  let client: QueryClient;
  let answer: (rows: string[]) => void;
  const fetchFilms = vi.fn<() => Promise<string[]>>();
  let stop: () => void;
  let refresher: ReturnType<typeof createRefresher>;
  const settled = (time = 0) => vi.advanceTimersByTimeAsync(time);

  /** Something that the person does, until its end. */
  function startChange(options: Pick<MutationOptions, 'mutationKey' | 'meta'>) {
    const { promise: mutationEnd, resolve: end } = Promise.withResolvers<void>();
    const change = client.getMutationCache().build(client, { ...options, mutationFn: () => mutationEnd });
    void change.execute(undefined);
    return { end };
  }

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    fetchFilms.mockReset().mockResolvedValue(['one']);
    const observer = new QueryObserver(client, {
      queryKey: ['films', 'list'],
      queryFn: fetchFilms,
      staleTime: Infinity,
    });
    stop = observer.subscribe(() => undefined);
    refresher = createRefresher(client);
    await settled();
    fetchFilms.mockClear();
  });
  afterEach(() => {
    stop();
    refresher.stop();
    client.clear();
    vi.useRealTimers();
  });

  it('fetches what is on screen of a table, and nothing of others', async () => {
    refresher.mark(['people']);
    await settled(1000);
    expect(fetchFilms).not.toHaveBeenCalled();
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('makes one fetch of a burst, and another one for what came meanwhile', async () => {
    fetchFilms.mockImplementation(() => new Promise((resolve) => void (answer = resolve)));
    for (let news = 0; news < 50; news += 1) refresher.mark(['films']);
    await settled();
    expect(fetchFilms).toHaveBeenCalledOnce();
    for (let news = 0; news < 50; news += 1) refresher.mark(['films']);
    await settled(5000);
    expect(fetchFilms).toHaveBeenCalledOnce();
    answer(['two']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    answer(['three']);
    await settled(5000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    expect(client.getQueryData(['films', 'list'])).toEqual(['three']);
  });

  it('waits for a change of the same table that is under way', async () => {
    const change = startChange({ mutationKey: ['films', 'add'] });
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).not.toHaveBeenCalled();
    change.end();
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('waits for a change of another table that shows in this one', async () => {
    const change = startChange({ mutationKey: ['film_likes'], meta: { tables: ['films'] } });
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).not.toHaveBeenCalled();
    change.end();
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('fetches again what a change has stopped, once that is through', async () => {
    fetchFilms.mockImplementation(() => new Promise((resolve) => void (answer = resolve)));
    refresher.mark(['films']);
    await settled();
    const change = startChange({ mutationKey: ['film_likes'], meta: { tables: ['films'] } });
    await client.cancelQueries({ queryKey: ['films'] });
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
    change.end();
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    answer(['two']);
    await settled(1000);
    expect(client.getQueryData(['films', 'list'])).toEqual(['two']);
  });

  it('fetches again after a first fetch, which may be from before the news', async () => {
    fetchFilms.mockImplementation(() => new Promise((resolve) => void (answer = resolve)));
    void client.resetQueries({ queryKey: ['films'] });
    await settled();
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
    answer(['before']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    answer(['after']);
    await settled(5000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    expect(client.getQueryData(['films', 'list'])).toEqual(['after']);
  });

  it('fetches again after a first fetch that takes longer than it waits', async () => {
    fetchFilms.mockImplementation(() => new Promise((resolve) => void (answer = resolve)));
    void client.resetQueries({ queryKey: ['films'] });
    refresher.mark(['films']);
    await settled(60_000);
    expect(fetchFilms).toHaveBeenCalledOnce();
    answer(['before']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
  });

  it('does not wait for ever', async () => {
    startChange({ mutationKey: ['films', 'add'] });
    refresher.mark(['films']);
    await settled(60_000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('spreads the fetches of many', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    refresher.mark(['films'], 1000);
    await settled(499);
    expect(fetchFilms).not.toHaveBeenCalled();
    await settled(1);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('does nothing any more once it is stopped', async () => {
    refresher.mark(['films'], 1000);
    refresher.stop();
    await settled(5000);
    expect(fetchFilms).not.toHaveBeenCalled();
  });
});
